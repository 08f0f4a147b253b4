import Foundation
import Harness
import XCTest

/// Tokens of an issuer whose keys lie in a file: what the proxy alone must check.
final class ForeignIssuerTests: XCTestCase {
  private static let issuer = "https://elsewhere.example"
  private var upstream: RecordingUpstream?

  private func claims(_ changes: [String: Any?] = [:]) -> [String: Any] {
    let now = Int(Date().timeIntervalSince1970)
    var claims: [String: Any] = [
      "iss": Self.issuer, "aud": DeploymentConfig.audience, "sub": "someone", "scope": "api.read",
      "client_id": "their-app", "iat": now, "exp": now + 600, "jti": UUID().uuidString,
    ]
    for (name, value) in changes { claims[name] = value }
    return claims
  }

  /// A proxy that trusts that issuer's key set and serves nothing else.
  private func proxy(jwks: String, algorithms: String = #"["ES256", "RS256"]"#) throws -> Deployment
  {
    let upstream = try RecordingUpstream()
    self.upstream = upstream
    let config = DeploymentConfig([
      ("state", "\"state\""),
      ("resources", DeploymentConfig.resources),
      ("listeners", #"[{ address: "127.0.0.1:0", serves: ["proxy"] }]"#),
      (
        "proxy",
        """
        { issuers: [{ issuer: "\(Self.issuer)", jwks: { file: "jwks.json" }, algorithms: \(algorithms) }],
          upstreams: { app: { address: "http://127.0.0.1:\(upstream.port)" } },
          routes: [\(DeploymentConfig.routes(to: "app"))] }
        """
      ),
      ("log", #"{ level: "info", format: "json" }"#),
    ])
    let deployment = try Deployment(config, start: false)
    try deployment.folder.write("jwks.json", jwks)
    try deployment.start()
    return deployment
  }

  func testATokenOfATrustedIssuerGetsThrough() throws {
    for algorithm in ["ES256", "RS256"] {
      let key = try Judge.key(algorithm, id: "k1")
      let deployment = try proxy(jwks: key.jwks)
      let header = ["alg": algorithm, "kid": "k1", "typ": "at+jwt"]
      let token = try XCTUnwrap(Judge.sign([claims()], header: header, key: key.private).first)
      let answer = try deployment.caller().get("/api/x", token: token)
      XCTAssertEqual(answer.status, 200, answer.text)
      XCTAssertEqual(upstream?.received.count, 1)
    }
  }

  func testClaimsThatDoNotFitAreRefused() throws {
    let now = Int(Date().timeIntervalSince1970)
    let wrong: [(String, [String: Any?])] = [
      ("expired", ["exp": now - 120]), ("expired long ago", ["exp": 0]),
      ("no expiry", ["exp": nil]), ("expiry as text", ["exp": "\(now + 600)"]),
      ("expiry beyond numbers", ["exp": 1e308]), ("negative expiry", ["exp": -1]),
      ("not yet", ["nbf": now + 300]), ("not yet, as text", ["nbf": "\(now - 10)"]),
      ("issued in the future", ["iat": now + 3600]),
      ("another issuer", ["iss": "https://nobody.example"]),
      ("issuer with a slash", ["iss": Self.issuer + "/"]), ("no issuer", ["iss": nil]),
      ("another audience", ["aud": "https://other.example"]), ("no audience", ["aud": nil]),
      ("audiences without ours", ["aud": ["https://a.example", "https://b.example"]]),
      ("audience as number", ["aud": 7]), ("empty audiences", ["aud": [String]()]),
      ("audience prefix", ["aud": DeploymentConfig.audience + ".evil"]),
    ]
    let key = try Judge.key("ES256", id: "k1")
    let deployment = try proxy(jwks: key.jwks)
    let header = ["alg": "ES256", "kid": "k1", "typ": "at+jwt"]
    let tokens = try Judge.sign(wrong.map { claims($0.1) }, header: header, key: key.private)
    XCTAssertEqual(tokens.count, wrong.count)
    for (token, (name, _)) in zip(tokens, wrong) {
      assertChallenge(
        try deployment.caller().get("/api/x", token: token), 401, error: "invalid_token", name)
    }
    let scopes: [(String, [String: Any?])] = [
      ("no scope", ["scope": nil]), ("another scope", ["scope": "api.readers"]),
      ("scope inside a word", ["scope": "xapi.read api.reads"]),
    ]
    let narrow = try Judge.sign(scopes.map { claims($0.1) }, header: header, key: key.private)
    for (token, (name, _)) in zip(narrow, scopes) {
      assertChallenge(
        try deployment.caller().get("/api/x", token: token), 403, error: "insufficient_scope", name)
    }
    XCTAssertEqual(upstream?.received.count, 0)
  }

  func testAnAudienceAmongSeveralIsEnough() throws {
    let key = try Judge.key("ES256", id: "k1")
    let deployment = try proxy(jwks: key.jwks)
    let several = claims(["aud": ["https://a.example", DeploymentConfig.audience]])
    let token = try XCTUnwrap(
      Judge.sign([several], header: ["alg": "ES256", "kid": "k1"], key: key.private).first)
    XCTAssertEqual(try deployment.caller().get("/api/x", token: token).status, 200)
  }

  func testATokenThatIsSomethingElseIsNoAccessToken() throws {
    let key = try Judge.key("ES256", id: "k1")
    let deployment = try proxy(jwks: key.jwks)
    for type in ["logout+jwt", "dpop+jwt", "secevent+jwt"] {
      let header = ["alg": "ES256", "kid": "k1", "typ": type]
      let token = try XCTUnwrap(Judge.sign([claims()], header: header, key: key.private).first)
      XCTAssertEqual(try deployment.caller().get("/api/x", token: token).status, 401, type)
    }
  }

  func testHeadersThatChangeTheRulesAreRefused() throws {
    let key = try Judge.key("ES256", id: "k1")
    let other = try Judge.key("ES256", id: "k2")
    let deployment = try proxy(jwks: key.jwks)
    let good: [String: Any] = ["alg": "ES256", "kid": "k1"]
    let headers: [(String, [String: Any])] = [
      ("unknown crit", ["crit": ["urn:example"], "urn:example": 1]),
      ("empty crit", ["crit": [String]()]),
      ("crit of a registered name", ["crit": ["exp"], "exp": 1]),
      ("unencoded payload", ["crit": ["b64"], "b64": false]), ("compression", ["zip": "DEF"]),
      ("kid as number", ["kid": 1]), ("kid that is a path", ["kid": "../../dev/null"]),
      ("kid of another key", ["kid": "k2"]), ("alg in lower case", ["alg": "es256"]),
      ("alg of another type", ["alg": "ES384"]),
    ]
    for (name, change) in headers {
      let header = good.merging(change) { $1 }
      let token = try XCTUnwrap(Judge.sign([claims()], header: header, key: key.private).first)
      XCTAssertEqual(try deployment.caller().get("/api/x", token: token).status, 401, name)
    }
    let stranger = try XCTUnwrap(Judge.sign([claims()], header: good, key: other.private).first)
    XCTAssertEqual(try deployment.caller().get("/api/x", token: stranger).status, 401)
  }

  func testAnAlgorithmThatTheConfigDoesNotNameIsRefused() throws {
    let key = try Judge.key("ES256", id: "k1")
    let deployment = try proxy(jwks: key.jwks, algorithms: #"["RS256"]"#)
    let token = try XCTUnwrap(
      Judge.sign([claims()], header: ["alg": "ES256", "kid": "k1"], key: key.private).first)
    assertChallenge(
      try deployment.caller().get("/api/x", token: token), 401, error: "invalid_token")
  }

  func testAnotherKeyOfTheSameNameIsRefused() throws {
    let key = try Judge.key("ES256", id: "k1")
    let other = try Judge.key("ES256", id: "k1")
    let deployment = try proxy(jwks: key.jwks)
    let token = try XCTUnwrap(
      Judge.sign([claims()], header: ["alg": "ES256", "kid": "k1"], key: other.private).first)
    assertChallenge(
      try deployment.caller().get("/api/x", token: token), 401, error: "invalid_token")
  }
}
