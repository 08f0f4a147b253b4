import Configuration
import JSON
import XCTest

/// What is wrong, where it stands, and what to do about it.
final class ConfigurationFaultTests: XCTestCase {
  func testRoutesAndResources() throws {
    let token = #"audience: "https://a", scopes: ["read"]"#
    try assertFaults([
      (
        proxyConfig(routes: #"{ path: "/x/", upstream: ⌖"ehco", anonymous: true }"#),
        [#"proxy.routes[0].upstream names the unknown upstream "ehco"; did you mean "echo"?"#]
      ),
      (
        proxyConfig(routes: #"{ path: "/x/", upstream: ⌖"nowhere", anonymous: true }"#),
        [#"names the unknown upstream "nowhere"; define it under proxy.upstreams"#]
      ),
      (proxyConfig(routes: #"⌖{ path: "/x/", upstream: "echo" }"#), [#"lacks "audience"; add"#]),
      (
        proxyConfig(routes: #"{ path: "/x/", upstream: "echo", \#(token), anonymous: ⌖true }"#),
        ["is anonymous but names an audience or scopes"]
      ),
      (
        proxyConfig(
          routes: #"{ path: "/x/", upstream: "echo", audience: ⌖"https://b", scopes: [⌖"raed"] }"#),
        [
          #"audience names the unknown audience "https://b"; did you mean "https://a"?"#,
          #"scopes[0] names the unknown scope "raed"; did you mean "read"?"#,
        ]
      ),
      (
        proxyConfig(
          routes: #"{ path: "/x/", upstream: "echo", audience: "https://a", scopes: [⌖"w"] }"#,
          resources: #"{ id: "other", audience: "https://other", scopes: { w: "Write" } }"#),
        [#"asks for the scope "w", which is not one of the audience https://a"#]
      ),
      (
        proxyConfig(
          routes: """
            { path: "/x/", methods: ["GET"], upstream: "echo", \(token) },
            { path: "/x/", methods: ["POST"], upstream: "echo", \(token) },
            { path: "/x/", host: "h", methods: ["POST"], upstream: "echo", \(token) },
            { path: ⌖"/x", methods: ["PUT", "POST"], upstream: "echo", \(token) },
            { path: ⌖"/x/", upstream: "echo", \(token) },
            """),
        [
          "proxy.routes[3] is for the same host, path and method as route 1",
          "proxy.routes[4] is for the same host, path and method as route 0",
        ]
      ),
      (
        proxyConfig(
          resources: """
            { id: ⌖"api", audience: ⌖"https://a", scopes: { ⌖read: "Read again" } }
            """),
        [
          #"repeats the resource "api" of line 3"#, #"repeats the audience "https://a" of line 3"#,
          #"repeats the scope "read" of line 3"#,
        ]
      ),
      (
        proxyConfig(routes: #"{ path: ⌖"api/", upstream: "echo", anonymous: true }"#),
        [#"is "api/"; write a path that begins with "/""#]
      ),
    ])
    for path in ["", "/a//b", "/a/../b", "/.", "/a?b", "/a%41b", "/a b", "/\u{e9}"] {
      let text = proxyConfig(routes: #"{ path: "\#(path)", upstream: "echo", anonymous: true }"#)
      XCTAssertEqual(try Deployment().faults(text).count, 1, path)
    }
  }

  func testReservedPathsHoldWhereTheAuthorizationServerIs() throws {
    let deployment = try Deployment()
    for path in ["/oauth2/", "/oauth2", "/.well-known/x", "/health/live", "/.sallyport/callback"] {
      let route = #"{ path: "\#(path)", upstream: "echo", anonymous: true }"#
      let proxy = "proxy: { upstreams: { echo: { builtin: \"echo\" } }, routes: [\(route)] },"
      let faults = try deployment.faults(serverConfig(more: proxy))
      XCTAssertEqual(faults.count, 1, path)
      XCTAssertTrue(faults.first?.problem.contains("lies under the reserved path") == true, path)
    }
    for path in ["/", "/oauth2-docs/", "/healthy/"] {
      let route = #"{ path: "\#(path)", upstream: "echo", anonymous: true }"#
      let proxy = "proxy: { upstreams: { echo: { builtin: \"echo\" } }, routes: [\(route)] },"
      XCTAssertEqual(try deployment.faults(serverConfig(more: proxy)), [], path)
    }
    let free = proxyConfig(routes: #"{ path: "/oauth2/", upstream: "echo", anonymous: true }"#)
    XCTAssertEqual(try deployment.faults(free), [])
  }

  func testClients() throws {
    let secret = #"secret: { env: "CLIENT_SECRET" }"#
    let usual = #"grantTypes: ["client_credentials"], scopes: ["read"]"#
    try assertFaults([
      (
        serverConfig(clients: #"{ id: "a", \#(secret), \#(usual) }, { id: ⌖"a", \#(usual) }"#),
        [#"clients[1].id repeats the client "a""#]
      ),
      (
        serverConfig(clients: #"{ id: "a", grantTypes: ["x"], scopes: [⌖"reed", "read"] }"#),
        [#"did you mean "read"?"#]
      ),
      (
        serverConfig(
          clients: #"{ id: "a", authentication: ⌖["client_secret_post"], \#(usual) }"#),
        ["authenticates by a secret but has none"]
      ),
      (
        serverConfig(
          clients:
            #"{ id: "a", secret: ⌖{ env: "CLIENT_SECRET" }, authentication: ["none"], \#(usual) }"#),
        ["has a secret but authenticates by \"none\""]
      ),
      (
        serverConfig(
          clients:
            #"{ id: "a", \#(secret), authentication: ⌖["none", "client_secret_post"], \#(usual) }"#
        ),
        ["mixes \"none\" with other methods of authentication"]
      ),
      (
        serverConfig(clients: #"{ id: "a", \#(secret), grantTypes: ["x", ⌖"x"] }"#),
        [#"clients[0].grantTypes[1] repeats "x""#]
      ),
      (
        serverConfig(clients: #"{ id: "open", \#(usual) }"#).replacingOccurrences(
          of: #"{ read: "Read" } }"#, with: #"{ read: "Read" }, introspectors: ⌖["open"] }"#),
        [#"resources[0].introspectors names the client "open", which is public"#]
      ),
      (
        serverConfig(clients: #"{ id: "a", secret: ⌖"literal", \#(usual) }"#),
        ["is a literal secret; write a reference"]
      ),
      (
        serverConfig(clients: #"{ id: "a", secret: ⌖{ env: "UNSET" }, \#(usual) }"#),
        [#"refers to the environment variable "UNSET", which is not set"#]
      ),
      (
        serverConfig(clients: #"{ id: "a", secret: ⌖{ file: "none" }, \#(usual) }"#),
        ["No such file or directory"]
      ),
      (
        serverConfig(
          clients: #"{ id: "a", \#(secret), \#(usual), tokens: { algorithm: ⌖"PS256" } }"#),
        [
          "is PS256, for which there is no signing key; add { algorithm: \"PS256\" } to keys.signing"
        ]
      ),
    ])
  }

  func testTheAuthorizationServerNeedsItsSections() throws {
    let marked = MarkedText(#"⌖{ listeners: [{ address: "127.0.0.1:0" }] }"#)
    let faults = try Deployment().faults(marked.text)
    XCTAssertEqual(faults.map(\.position), Array(repeating: marked.positions[0], count: 3))
    for (fault, name) in zip(faults, ["issuer", "plugins.storage", "keys.master"]) {
      XCTAssertTrue(fault.problem.contains("lacks \"\(name)\""), fault.description)
    }
  }

  func testListenersUpstreamsAndKeys() throws {
    try assertFaults([
      (
        proxyConfig(
          listeners: #"{ address: "127.0.0.1:81" }, { address: ⌖"127.0.0.1:81" }"#, more: asSections
        ),
        [#"repeats the address "127.0.0.1:81""#]
      ),
      (
        proxyConfig(listeners: #"{ address: ⌖"localhost:80", serves: ["proxy"] }"#),
        ["write an IP address and a port"]
      ),
      (
        proxyConfig(listeners: #"{ address: "[::1]:80", serves: [⌖"proxi"] }"#),
        [#"write one of "authorization-server", "proxy", "documentation"; did you mean "proxy"?"#]
      ),
      (proxyConfig(more: #"issuer: ⌖"http://auth.example","#), ["is an http URL of a host"]),
      (
        proxyConfig(more: #"log: { ⌖levl: "info" }"#),
        [#"log has the unknown key "levl"; did you mean "level"?"#]
      ),
      (
        proxyConfig(more: #"⌖zzz: 1"#),
        [#"the config has the unknown key "zzz"; use one of: issuer, "#]
      ),
      (
        proxyConfig(more: #"keys: { cacheLifetime: "2h", rotation: { publishAhead: ⌖"1h" } }"#),
        ["publishes a key for less time ahead than others may cache the old set"]
      ),
      (
        proxyConfig(more: #"keys: { rotation: { every: ⌖"1h", publishAhead: "1h" } }"#),
        ["lets a key sign for no longer than it is published ahead"]
      ),
      (
        proxyConfig(more: #"keys: { master: [⌖{ env: "CLIENT_SECRET" }] }"#),
        ["is no key of 256 bits; make one with: openssl rand -hex 32"]
      ),
      (
        proxyConfig(
          more: #"limits: { headTimeout: ⌖"10", connections: ⌖"many", headBytes: ⌖1024 }"#),
        [
          #"limits.headTimeout is "10"; write a lifetime from "100ms" to "10m" in ms, s, m, h or d"#,
          #"limits.connections is "many"; write a whole number from 1 to 1000000"#,
          #"limits.headBytes is the number 1024; write a size from "256B" to "32KiB""#,
        ]
      ),
    ])
    let two = #"{ proxy: { upstreams: { ⌖"a b": {}, b: { address: "ftp://x" } } } }"#
    let faults = try Deployment().faults(MarkedText(two).text).map(\.description)
    XCTAssertTrue(faults.contains { $0.contains(#"lacks "listeners""#) }, "\(faults)")
    XCTAssertTrue(faults.contains { $0.contains("has neither \"address\" nor \"builtin\"") })
    XCTAssertTrue(faults.contains { $0.contains("proxy.upstreams.a b is \"a b\"; write a name") })
    XCTAssertTrue(faults.contains { $0.contains("proxy.upstreams.b.address is \"ftp://x\"") })
  }

  func testSyntaxAndRepeatedKeys() throws {
    let deployment = try Deployment()
    let broken = try deployment.faults("{\n  issuer 1 }")
    XCTAssertEqual(
      broken.map(\.description),
      ["\(deployment.path):2:10: expected \":\" after the key; write one"])
    let twice = MarkedText(proxyConfig(more: "log: {}, ⌖log: {}"))
    let faults = try deployment.faults(twice.text)
    XCTAssertEqual(faults.map(\.position), twice.positions)
    XCTAssertEqual(faults.map(\.problem), ["duplicate key"])
  }

  /// Whoever verifies an HMAC can make it: for tokens among many parties that is no signature.
  func testNoTokenMayBeSignedWithASharedSecret() throws {
    let configs = [
      serverConfig(
        clients: #"{ id: "a", secret: { env: "S" }, tokens: { algorithm: ⌖"HS256" } }"#),
      issuers(#"jwks: { keys: [{}] }, algorithms: [⌖"HS256"]"#),
    ]
    for config in configs {
      let marked = MarkedText(config)
      let fault = try Deployment().faults(marked.text).first { $0.position == marked.positions[0] }
      XCTAssertTrue(fault?.problem.contains("HS256") ?? false, "\(String(describing: fault))")
    }
  }

  func testTrustedIssuersBringKeys() throws {
    let deployment = try Deployment()
    try deployment.write("{", to: "broken.json")
    let cases: [(jwks: String, problem: String)] = [
      (#"{ file: "broken.json" }"#, "is no JSON"), (#""{}""#, "is no JWK Set with keys"),
      ("{ keys: [] }", "is no JWK Set with keys"), ("{ key: [] }", "is an object"),
    ]
    for (jwks, problem) in cases {
      let marked = MarkedText(issuers("jwks: ⌖\(jwks)"))
      let faults = try deployment.faults(marked.text)
      XCTAssertEqual(faults.map(\.position), marked.positions, jwks)
      XCTAssertTrue(faults.first?.problem.contains(problem) == true, "\(faults)")
    }
    let options = try deployment.load(issuers(#"jwks: { keys: [{ kty: "EC" }] }"#))
    let jwks = options.proxy.issuers[0].jwks
    XCTAssertEqual(String(decoding: jwks, as: UTF8.self), #"{"keys":[{"kty":"EC"}]}"#)
  }

  private func issuers(_ keys: String) -> String {
    #"""
    { listeners: [{ address: "127.0.0.1:0", serves: ["proxy"] }],
      proxy: { issuers: [{ issuer: "https://i", \#(keys) }] } }
    """#
  }

  func testAnAdminSocketFitsIntoWhatTheKernelTakes() throws {
    let path = "/" + String(repeating: "x", count: 107)
    let marked = MarkedText(proxyConfig(more: #"admin: { socket: ⌖"\#(path)" }"#))
    let faults = try Deployment().faults(marked.text)
    XCTAssertEqual(faults.map(\.position), marked.positions)
    XCTAssertTrue(faults[0].problem.contains("is over 107 bytes"), "\(faults)")
  }

  func testADemonstrationListensOnLoopbackOnly() throws {
    let marked = MarkedText(
      proxyConfig(listeners: #"{ address: ⌖"0.0.0.0:80", serves: ["proxy"] }"#))
    let faults = try Deployment().faults(marked.text, demo: true)
    XCTAssertEqual(faults.map(\.position), marked.positions)
    XCTAssertEqual(try Deployment().faults(marked.text), [])
  }

  private let asSections =
    #"issuer: "https://i", plugins: { storage: { load: "s" } }, keys: { master: [{ file: "master.key" }] }"#

  private func assertFaults(_ cases: [(marked: String, expected: [String])]) throws {
    let deployment = try Deployment()
    for (marked, expected) in cases {
      let text = MarkedText(marked)
      let faults = try deployment.faults(text.text)
      XCTAssertEqual(faults.map(\.position), text.positions, "\(faults)")
      for (fault, part) in zip(faults, expected) {
        XCTAssertTrue(fault.description.contains(part), "\(fault) does not say: \(part)")
      }
    }
  }
}
