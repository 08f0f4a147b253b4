import Foundation
import Harness
import XCTest

/// Administration over TCP: for holders of the right access token, under the right name, over TLS.
final class AdminListenerTests: XCTestCase {
  private static let resources = """
    [{ id: "api", audience: "\(DeploymentConfig.audience)",
       scopes: { "api.read": "Read", "api.write": "Write" } },
     { id: "admin", audience: "https://admin.example",
       scopes: { "sallyport.admin": "Administration", "sallyport.metrics": "Metrics" } }]
    """

  private static let clients =
    "["
    + DeploymentConfig.client("app") + DeploymentConfig.client("operator", scopes: both)
    + DeploymentConfig.client(
      "operator-uuid", #"tokens: { format: "uuid" }"#, scopes: both) + "]"
  private static let both = #"["sallyport.admin", "sallyport.metrics"]"#

  private static func config(_ more: String = "") -> DeploymentConfig {
    DeploymentConfig.standard.with("resources", resources).with("clients", clients)
      .with(
        "admin",
        """
        { socket: "admin.sock",
          listener: { address: "127.0.0.1:0", hosts: ["127.0.0.1", "localhost"],
                      metricsScope: "sallyport.metrics", \(more) } }
        """)
  }

  private func deployment() throws -> Deployment { try Deployment(Self.config()) }

  /// The admin listener comes after the listeners in the `ready` line.
  private func admin(_ deployment: Deployment) throws -> HTTPCaller { try deployment.caller(1) }

  func testAnOperatorsTokenOpensWhatTheSocketServes() throws {
    let deployment = try deployment()
    let admin = try admin(deployment)
    for client in ["operator", "operator-uuid"] {
      let token = try deployment.token(client, scope: "sallyport.admin")
      let metrics = try admin.get("/metrics", token: token)
      XCTAssertEqual(metrics.status, 200, metrics.text)
      XCTAssertNotNil(try Scrape(metrics.text).value("sallyport_build_info"))
      let keys = try admin.get("/admin/v1/keys", token: token)
      XCTAssertEqual(keys.status, 200, keys.text)
      XCTAssertTrue(keys.text.contains("ES256"))
      XCTAssertEqual(try admin.get("/ui/swagger/doc.json", token: token).status, 200)
    }
    let line = try XCTUnwrap(
      deployment.events("http.request").last { $0.contains("\"path\":\"/admin/v1/keys\"") })
    XCTAssertTrue(line.contains("\"client\":\"operator-uuid\""), line)
  }

  func testNothingButHealthIsServedWithoutAToken() throws {
    let deployment = try deployment()
    let admin = try admin(deployment)
    for path in [
      "/metrics", "/admin/v1/keys", "/admin/v1/clients", "/ui/swagger/", "/ui/swagger/doc.json",
    ] {
      let answer = try admin.send("GET", path)
      XCTAssertEqual(answer.status, 401, path)
      XCTAssertEqual(
        answer["WWW-Authenticate"], #"Bearer realm="https://admin.example""#, path)
    }
    XCTAssertEqual(try admin.send("GET", "/health/live").status, 200)
    XCTAssertEqual(try admin.send("GET", "/health/ready").status, 200)
    XCTAssertEqual(try admin.send("GET", "/oauth2/v1/jwks").status, 404)
  }

  func testANewProcessKeepsEachListenersOwnSocket() throws {
    let deployment = try deployment()
    let token = try deployment.token("operator", scope: "sallyport.admin")
    let ports = try (deployment.port(0), deployment.port(1))
    deployment.process?.send(SIGUSR2)
    try eventually(upTo: 40, until: "the old process ended") {
      deployment.process?.isFinished ?? true
    }
    let (server, admin) = (HTTPCaller(port: ports.0), HTTPCaller(port: ports.1))
    for _ in 0..<20 {
      XCTAssertEqual(try server.send("GET", "/oauth2/v1/jwks").status, 200)
      XCTAssertEqual(try admin.send("GET", "/oauth2/v1/jwks").status, 404)
      XCTAssertEqual(try admin.get("/admin/v1/keys", token: token).status, 200)
    }
  }

  func testWhoIsRefusedIsInTheAuditLog() throws {
    let deployment = try Deployment(
      Self.config().with("log", #"{ format: "json", audit: { file: "audit.log" } }"#))
    let admin = try admin(deployment)
    let metrics = try deployment.token("operator", scope: "sallyport.metrics")
    for (reason, fields) in [
      ("token.missing", []), ("token.scope", [("Authorization", "Bearer \(metrics)")]),
    ] {
      _ = try admin.send("GET", "/admin/v1/keys", fields: fields)
      try eventually(upTo: 10, until: "the refusal for \(reason)") {
        try deployment.folder.read("audit.log").split(separator: "\n").contains {
          $0.contains("audit.admin.refused") && $0.contains("\"\(reason)\"")
        }
      }
    }
  }

  func testTokensThatAreNotForAdministrationAreRefused() throws {
    let deployment = try deployment()
    let admin = try admin(deployment)
    let good = try deployment.token("operator", scope: "sallyport.admin")
    let others = [
      "for the API": try deployment.token("app", scope: "api.read"), "garbage": "garbage",
      "altered": String(good.dropLast(4)) + "AAAA",
    ]
    for (name, token) in others {
      let answer = try admin.get("/admin/v1/keys", token: token)
      XCTAssertEqual(answer.status, 401, name)
      XCTAssertTrue(
        answer["WWW-Authenticate"]?.contains(#"error="invalid_token""#) ?? false, name)
    }
    XCTAssertEqual(
      try admin.send("GET", "/admin/v1/keys", fields: [("Authorization", "Basic YTpi")]).status,
      401)
    XCTAssertEqual(try admin.send("GET", "/admin/v1/keys?access_token=\(good)").status, 401)
    XCTAssertEqual(try admin.get("/admin/v1/keys", token: good).status, 200)
  }

  func testTheScopeOfMetricsOpensMetricsAndNothingElse() throws {
    let deployment = try deployment()
    let admin = try admin(deployment)
    let token = try deployment.token("operator", scope: "sallyport.metrics")
    XCTAssertEqual(try admin.get("/metrics", token: token).status, 200)
    for path in ["/admin/v1/keys", "/ui/swagger/doc.json"] {
      let answer = try admin.get(path, token: token)
      XCTAssertEqual(answer.status, 403, path)
      XCTAssertTrue(
        answer["WWW-Authenticate"]?.contains(
          #"error="insufficient_scope", scope="sallyport.admin""#) ?? false,
        "\(answer.fields)")
    }
    let create = try admin.send(
      "POST", "/admin/v1/clients", fields: [("Authorization", "Bearer \(token)")],
      body: #"{"id":"evil","grantTypes":["client_credentials"]}"#)
    XCTAssertEqual(create.status, 403)
    XCTAssertFalse(try deployment.command(["client", "list"]).output.contains("evil"))
  }

  func testAnotherHostIsMisdirected() throws {
    let deployment = try deployment()
    let admin = try admin(deployment)
    let token = try deployment.token("operator", scope: "sallyport.admin")
    let fields = [("Host", "evil.example"), ("Authorization", "Bearer \(token)")]
    XCTAssertEqual(try admin.send("GET", "/metrics", fields: fields).status, 421)
    XCTAssertEqual(try admin.send("GET", "/health/live", fields: [fields[0]]).status, 421)
  }

  func testOverTLSPlainHTTPIsNotAnswered() throws {
    let deployment = try Deployment(
      Self.config(#"tls: { certificate: "tls.crt", key: "tls.key" }"#), start: false)
    try Certificate.make(in: deployment.folder)
    try deployment.start()
    let token = try deployment.token("operator", scope: "sallyport.metrics")
    let url = "https://127.0.0.1:\(try deployment.port(1))/metrics"
    let result = try execute(
      "curl",
      [
        "-sS", "--cacert", deployment.folder.path("tls.crt"), "-H",
        "Authorization: Bearer \(token)", url,
      ])
    XCTAssertTrue(result.output.contains("sallyport_build_info"), result.output + result.errors)
    XCTAssertThrowsError(try admin(deployment).get("/metrics", token: token))
  }

  func testConfigsThatWouldOpenTooMuchAreRefused() throws {
    let cases: [(config: DeploymentConfig, message: String)] = [
      (
        DeploymentConfig(Self.config()).listener(
          #"{ address: "0.0.0.0:0", hosts: ["admin.example"] }"#), "speaks plain HTTP"
      ),
      (
        DeploymentConfig(Self.config()).listener(#"{ address: "127.0.0.1:0" }"#), "lacks \"hosts\""
      ),
      (
        DeploymentConfig(Self.config()).listener(
          #"{ address: "127.0.0.1:0", hosts: ["a"], scope: "nobody.knows" }"#), "nobody.knows"
      ),
      (
        DeploymentConfig(Self.config()).listener(
          #"{ address: "127.0.0.1:0", hosts: ["a"], metricsScope: "api.read" }"#),
        "metricsScope of another resource"
      ),
    ]
    for (config, message) in cases {
      let deployment = try Deployment(config, start: false)
      let refusal = try deployment.refusal()
      XCTAssertEqual(refusal.exitCode, 2, message)
      XCTAssertTrue(refusal.errors.contains(message), refusal.errors)
    }
  }
}

extension DeploymentConfig {
  fileprivate init(_ config: DeploymentConfig) { self = config }

  fileprivate func listener(_ text: String) -> DeploymentConfig {
    with("admin", "{ listener: \(text) }")
  }
}
