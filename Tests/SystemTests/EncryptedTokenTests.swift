import Foundation
import Harness
import XCTest

/// Access tokens that are encrypted: to a key of ours, to a resource's, to one that is shared.
final class EncryptedTokenTests: XCTestCase {
  private static let shared = [UInt8](0..<32)
  private static let sharedJWK =
    #"{"kty":"oct","k":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"}"#

  private static let resources = """
    [
      { id: "api", audience: "\(DeploymentConfig.audience)",
        scopes: { "api.read": "Read", "api.write": "Write" } },
      { id: "orders", audience: "https://orders.example", scopes: { "orders.read": "Read" },
        encryption: { algorithm: "ECDH-ES", keys: [
          { private: { file: "orders.pem" }, id: "o1" }, { private: { file: "older.jwk" } }] } },
      { id: "vault", audience: "https://vault.example", scopes: { "vault.read": "Read" },
        encryption: { algorithm: "RSA-OAEP-256", content: "A128CBC-HS256",
          keys: [{ public: { file: "vault.jwk" } }] } },
      { id: "ledger", audience: "https://ledger.example", scopes: { "ledger.read": "Read" },
        encryption: { algorithm: "A256GCMKW", keys: [
          { secret: { file: "ledger.key" }, id: "l1" }] } },
    ]
    """

  private static let scopes =
    #"["api.read", "api.write", "orders.read", "vault.read", "ledger.read"]"#

  private static func route(_ path: String) -> String {
    """
    { path: "/\(path)/", upstream: "echo", audience: "https://\(path).example",
      scopes: ["\(path).read"] },

    """
  }

  private static let config = DeploymentConfig.standard
    .with("resources", resources)
    .with(
      "clients",
      "["
        + DeploymentConfig.client(
          "app", #"authentication: ["client_secret_basic", "client_secret_post"]"#, scopes: scopes)
        + DeploymentConfig.client("app-jwe", #"tokens: { format: "jwe" }"#, scopes: scopes)
        + DeploymentConfig.client(
          "app-short", #"tokens: { format: "jwe", accessTokenLifetime: "1s" }"#, scopes: scopes)
        + "]"
    )
    .with(
      "proxy",
      "{ upstreams: { echo: { builtin: \"echo\" } }, routes: [\(DeploymentConfig.routes(to: "echo"))"
        + route("orders") + route("ledger") + "] }")

  /// A deployment whose resources have keys of another library's making.
  private func deployment() throws -> (Deployment, keys: [String: String]) {
    let deployment = try Deployment(Self.config, start: false)
    let orders = try Judge.encryptionKey("EC", id: "o1")
    let older = try Judge.encryptionKey("EC", id: "o0")
    let vault = try Judge.encryptionKey("RSA", id: "v1")
    try deployment.folder.write("orders.pem", orders.privatePEM)
    try deployment.folder.write("older.jwk", older.privateJWK)
    try deployment.folder.write("vault.jwk", vault.publicJWK)
    try deployment.folder.write("ledger.key", Self.shared)
    try deployment.start()
    return (
      deployment,
      [
        "orders": orders.privateJWK, "older": older.privateJWK, "vault": vault.privateJWK,
        "ledger": Self.sharedJWK,
      ]
    )
  }

  private func header(_ token: String) throws -> [String: Any] {
    let text = base64url(try XCTUnwrap(token.split(separator: ".").first))
    return try JSONSerialization.jsonObject(with: text) as? [String: Any] ?? [:]
  }

  func testATokenUnderOurOwnKeyGetsThroughAndNobodyElseCanReadIt() throws {
    let (deployment, _) = try deployment()
    let token = try deployment.token("app-jwe")
    XCTAssertEqual(token.split(separator: ".", omittingEmptySubsequences: false).count, 5)
    let header = try header(token)
    XCTAssertEqual(Set(header.keys), ["alg", "enc", "cty", "kid"])
    XCTAssertEqual(header["cty"] as? String, "JWT")
    let jwks = try deployment.caller().send("GET", "/oauth2/v1/jwks").text
    XCTAssertFalse(jwks.contains(try XCTUnwrap(header["kid"] as? String)))
    for _ in 0..<2 {
      XCTAssertEqual(try deployment.caller().get("/api/x", token: token).status, 200)
    }
    assertChallenge(
      try deployment.caller().get("/orders/x", token: token), 401, error: "invalid_token")
    try deployment.stop()
    try deployment.start()
    XCTAssertEqual(try deployment.caller().get("/api/x", token: token).status, 200)
  }

  func testEachResourceOpensItsTokensAndFindsASignedOneInside() throws {
    let (deployment, keys) = try deployment()
    let jwks = try deployment.caller().send("GET", "/oauth2/v1/jwks").text
    let expected = [
      ("orders", "ECDH-ES", "A256GCM"), ("vault", "RSA-OAEP-256", "A128CBC-HS256"),
      ("ledger", "A256GCMKW", "A256GCM"),
    ]
    for (name, algorithm, content) in expected {
      // The resource has a key, so its tokens are encrypted for every client that says nothing.
      let token = try deployment.token("app", scope: "\(name).read")
      let opened = try Judge.decrypt(token, key: try XCTUnwrap(keys[name]))
      XCTAssertEqual(opened.header["alg"] as? String, algorithm)
      XCTAssertEqual(opened.header["enc"] as? String, content)
      let inside = try Judge.verify(opened.plaintext, jwks: jwks)
      XCTAssertEqual(inside.header["typ"] as? String, "at+jwt")
      XCTAssertEqual(inside.claims["aud"] as? String, "https://\(name).example")
      guard name != "vault" else { continue }
      XCTAssertEqual(try deployment.caller().get("/\(name)/x", token: token).status, 200, name)
      assertChallenge(
        try deployment.caller().get("/api/x", token: token), 401, error: "invalid_token", name)
      XCTAssertThrowsError(try Judge.decrypt(token, key: try XCTUnwrap(keys["older"])))
    }
  }

  func testAnAlteredSegmentAnEndedTokenAndAMissingKeyAreRefused() throws {
    let (deployment, _) = try deployment()
    let caller = try deployment.caller()
    for (client, scope, path) in [
      ("app-jwe", "api.read", "/api/x"), ("app", "orders.read", "/orders/x"),
      ("app", "ledger.read", "/ledger/x"),
    ] {
      let token = try deployment.token(client, scope: scope)
      let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      for index in parts.indices {
        var altered = parts
        altered[index] = index == 1 && parts[1].isEmpty ? "AAAA" : Self.altered(parts[index])
        assertChallenge(
          try caller.get(path, token: altered.joined(separator: ".")), 401, error: "invalid_token",
          "\(path) segment \(index)")
      }
      XCTAssertEqual(try caller.get(path, token: token).status, 200)
    }
    let short = try deployment.token("app-short")
    try eventually(until: "the token has ended") {
      try caller.get("/api/x", token: short).status == 401
    }
    assertChallenge(
      try caller.get("/api/x", token: try deployment.token("app", scope: "vault.read")), 401,
      error: "invalid_token")
    for reason in ["token.decryption_key_unknown", "token.decryption", "token.expired"] {
      try eventually(until: "the log says \(reason)") { deployment.log.contains("\"\(reason)\"") }
    }
  }

  /// The same length, other bytes, still base64url.
  private static func altered(_ text: String) -> String {
    var letters = Array(text)
    guard letters.count > 4 else { return text + "AAAA" }
    letters[4] = letters[4] == "A" ? "B" : "A"
    return String(letters)
  }

  func testARotatedEncryptionKeyTakesOverUnderLoadWithoutAFailure() throws {
    let deployment = try Deployment(
      DeploymentConfig.standard
        .with(
          "keys",
          """
          { master: [{ file: "master.key" }], cacheLifetime: "1s", rotation: { publishAhead: "3s" } }
          """
        ).with("tokens", #"{ format: "jwe" }"#))
    let port = try deployment.port()
    let old = try deployment.token("app")
    let load = Load(threads: 3) { _ in
      let caller = HTTPCaller(port: port)
      return {
        let issued = try caller.post("/oauth2/v1/token", form: Deployment.form("app"))
        let fresh = try caller.get("/api/x", token: try issued.string("access_token"))
        let kept = try caller.get("/api/x", token: old)
        guard fresh.status == 200, kept.status == 200 else {
          throw Problem("\(fresh.status) \(kept.status)")
        }
      }
    }
    let rotation = try deployment.command(["key", "rotate", "--algorithm", "A256KW", "--json"])
    XCTAssertEqual(rotation.exitCode, 0, rotation.errors)
    XCTAssertTrue(rotation.output.contains("\"enc\""), rotation.output)
    let before = try XCTUnwrap(header(old)["kid"] as? String)
    try eventually(upTo: 20, until: "the new key encrypts") {
      try header(try deployment.token("app"))["kid"] as? String != before
    }
    try load.waitForMore(50)
    XCTAssertEqual(try load.stop(), [])
  }

  func testIntrospectionOpensWhatItCanAndTakesTheSignedTokenOfTheRest() throws {
    let (deployment, keys) = try deployment()
    func active(_ token: String) throws -> Bool? {
      try deployment.caller().post(
        "/oauth2/v1/introspect", form: [("token", token)], fields: [basic("app")]
      ).json["active"] as? Bool
    }
    let own = try deployment.token("app", scope: "api.read")
    XCTAssertEqual(try active(own), true)
    XCTAssertEqual(try active(try deployment.token("app", scope: "orders.read")), true)
    XCTAssertEqual(try active(try deployment.token("app", scope: "ledger.read")), true)
    // Only the resource has the key: it asks about what it found inside.
    let sealed = try deployment.token("app", scope: "vault.read")
    XCTAssertEqual(try active(sealed), false)
    let opened = try Judge.decrypt(sealed, key: try XCTUnwrap(keys["vault"]))
    XCTAssertEqual(try active(opened.plaintext), true)
    // It cannot be revoked as it is, and that is said; what is inside can.
    func revoke(_ token: String) throws -> HTTPAnswer {
      try deployment.caller().post(
        "/oauth2/v1/revoke", form: [("token", token)], fields: [basic("app")])
    }
    assertOAuthError(try revoke(sealed), 400, "unsupported_token_type")
    XCTAssertEqual(try revoke(opened.plaintext).status, 200)
    XCTAssertEqual(try active(opened.plaintext), false)
  }

  func testARouteToTokensThatCannotBeReadHereIsAFault() throws {
    let proxy = try XCTUnwrap(Self.config["proxy"])
    let config = Self.config.with(
      "proxy", proxy.dropLast(3) + Self.route("vault") + "] }")
    let deployment = try Deployment(config, start: false)
    for (name, key) in [("orders.pem", "EC"), ("older.jwk", "EC"), ("vault.jwk", "RSA")] {
      let made = try Judge.encryptionKey(key, id: name)
      let text = name.hasSuffix(".pem") ? made.privatePEM : made.privateJWK
      try deployment.folder.write(name, name == "vault.jwk" ? made.publicJWK : text)
    }
    try deployment.folder.write("ledger.key", Self.shared)
    let check = try deployment.command(["check"])
    XCTAssertEqual(check.exitCode, 2)
    XCTAssertTrue(check.errors.contains("encrypted to a key that only it has"), check.errors)
  }

  func testACreatedClientHasItsFormatAndLifetime() throws {
    let deployment = try Deployment()
    let made = try deployment.command([
      "client", "create", "made", "--grant-type", "client_credentials", "--scope", "api.read",
      "--format", "jwe", "--algorithm", "RS256", "--lifetime", "90", "--json",
    ])
    XCTAssertEqual(made.exitCode, 0, made.errors)
    let object = try JSONSerialization.jsonObject(with: Data(made.output.utf8)) as? [String: Any]
    let secret = try XCTUnwrap(object?["secret"] as? String)
    let tokens = try XCTUnwrap(object?["tokens"] as? [String: Any])
    XCTAssertEqual(tokens["format"] as? String, "jwe")
    XCTAssertEqual(tokens["algorithm"] as? String, "RS256")
    XCTAssertEqual(tokens["lifetime"] as? Int, 90)
    let answer = try deployment.caller().post(
      "/oauth2/v1/token", form: Deployment.form("made", secret: secret))
    XCTAssertEqual(try answer.json["expires_in"] as? Int, 90, answer.text)
    let token = try answer.string("access_token")
    XCTAssertEqual(token.split(separator: ".", omittingEmptySubsequences: false).count, 5)
    XCTAssertEqual(try deployment.caller().get("/api/x", token: token).status, 200)
  }
}
