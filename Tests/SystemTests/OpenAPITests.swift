import Foundation
import Harness
import XCTest

/// The OpenAPI document, the router and the answers say the same, wherever it is served.
final class OpenAPITests: XCTestCase {
  private static let path = "/ui/swagger/doc.json"
  private static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]

  private static let config = DeploymentConfig.standard.with(
    "listeners",
    """
    [{ address: "127.0.0.1:0", serves: ["authorization-server", "proxy", "documentation"] }]
    """
  ).with(
    "resources",
    """
    [{ id: "api", audience: "\(DeploymentConfig.audience)",
       scopes: { "api.read": "Read", "api.write": "Write" } },
     { id: "admin", audience: "https://admin.example",
       scopes: { "sallyport.admin": "Administration" } }]
    """
  ).with(
    "clients",
    "["
      + DeploymentConfig.client("app")
      + DeploymentConfig.client("app-uuid", #"tokens: { format: "uuid" }"#)
      + DeploymentConfig.client("operator", scopes: #"["sallyport.admin"]"#) + "]"
  ).with(
    "admin",
    """
    { socket: "admin.sock", listener: { address: "127.0.0.1:0", hosts: ["127.0.0.1"] } }
    """)

  /// Where endpoints are served, and what the document there says of them.
  private struct Place {
    let name: String
    let caller: HTTPCaller
    let document: [String: Any]
    let operations: [Operation]

    init(_ name: String, _ caller: HTTPCaller) throws {
      self.name = name
      self.caller = caller
      document = try caller.send("GET", OpenAPITests.path).json
      operations = Operation.all(in: document)
    }

    var methods: [String: Set<String>] {
      Dictionary(grouping: operations.filter(\.isHere), by: \.path)
        .mapValues { Set($0.map(\.method)) }
    }
  }

  private func places(_ deployment: Deployment) throws -> [Place] {
    [
      try Place("listener", deployment.caller()),
      try Place("admin socket", deployment.adminCaller()),
      try Place(
        "admin listener",
        deployment.caller(1).bearing(deployment.token("operator", scope: "sallyport.admin"))),
    ]
  }

  // MARK: Document and router

  func testEveryDescribedMethodIsServedAndNoOther() throws {
    for place in try places(Deployment(Self.config)) {
      XCTAssertGreaterThan(place.methods.count, 4, place.name)
      for (path, described) in place.methods {
        for method in Self.methods {
          let answer = try place.caller.send(method, path)
          let served = ![404, 405, 501].contains(answer.status) || answer["Allow"] == nil
          XCTAssertEqual(
            served, described.contains(method), "\(place.name): \(method) \(path): \(answer.text)")
          guard !described.contains(method) else { continue }
          let derived = described.contains("GET") ? ["HEAD", "OPTIONS"] : ["OPTIONS"]
          XCTAssertEqual(answer.status, 405, "\(method) \(path)")
          XCTAssertEqual(
            Set((answer["Allow"] ?? "").components(separatedBy: ", ")), described.union(derived),
            "\(method) \(path)")
        }
      }
    }
  }

  /// The sources are asked which paths there may be, so that an endpoint that the document forgot
  /// is found by what routes it.
  func testEveryServedPathIsDescribed() throws {
    let candidates = try SourcePaths.all()
    XCTAssertGreaterThan(candidates.count, 10)
    for place in try places(Deployment(Self.config)) {
      for path in candidates where place.methods[path] == nil && !path.hasPrefix("/api/") {
        let answer = try place.caller.send("OPTIONS", path)
        XCTAssertEqual(answer.status, 404, "\(place.name) serves \(path) and does not describe it")
      }
      let found = Set(place.methods.keys).subtracting(candidates)
      XCTAssertEqual(found, [], "the search for paths in the sources misses these")
    }
  }

  // MARK: Document and answers

  func testTheDocumentIsValidAndEveryAnswerIsAsItSays() throws {
    let deployment = try Deployment(Self.config)
    for place in try places(deployment) {
      var exchanges: [OpenAPIExchange] = []
      for operation in place.operations where operation.isHere {
        exchanges += try OpenAPIProbes(place.caller, operation).run()
      }
      let good = OpenAPIGoodRequests(deployment)
      exchanges +=
        try place.name == "listener" ? good.onListener() : good.onAdminSocket(place.caller)
      for operation in place.operations where operation.isHere {
        XCTAssertTrue(
          exchanges.contains { $0.succeeded(at: operation) },
          "\(place.name): no request to \(operation.method) \(operation.path) succeeds here; "
            + "add one to OpenAPIGoodRequests")
      }
      let statuses = Set(exchanges.map(\.answer.status))
      XCTAssertTrue(
        statuses.isSuperset(
          of: [200, 304, 400, 405, 413, 414, 417, 431, 501, 505]
            + (place.name == "listener" ? [401] : [404, 409, 415])),
        "\(place.name): \(statuses)")
      XCTAssertGreaterThan(exchanges.count, 60)
      let faults = try Judge.faults(inOpenAPI: place.document, by: exchanges)
      XCTAssertEqual(faults, [], place.name)
    }
  }

  func testTheJudgeFindsWhatIsWrong() throws {
    let place = try Place("listener", Deployment(Self.config).caller())
    let live = try place.caller.send("GET", "/health/live")
    func faults(_ method: String, _ path: String, _ body: String) throws -> [String] {
      let answer = HTTPAnswer(status: 200, fields: live.fields, body: Array(body.utf8))
      return try Judge.faults(
        inOpenAPI: place.document, by: [OpenAPIExchange(method, path, "made up", answer)])
    }
    XCTAssertEqual(try faults("GET", "/health/live", live.text), [])
    XCTAssertEqual(try faults("GET", "/health/live", #"{"status":"live","x":1}"#).count, 1)
    XCTAssertEqual(try faults("GET", "/health/live", #"{"status":"dead"}"#).count, 1)
    XCTAssertEqual(try faults("GET", "/health/live", "live").count, 1)
    XCTAssertEqual(try faults("GET", "/nothing", "{}").count, 1)
    XCTAssertEqual(try faults("POST", "/health/live", "{}").count, 1)
  }

  // MARK: Where it is served

  func testOutsideTheAdminSocketTheDocumentIsServedOnlyWhereTheConfigSaysSo() throws {
    let closed = try Deployment()
    for path in ["/ui/swagger/", Self.path, "/ui/swagger/page.js"] {
      XCTAssertEqual(try closed.caller().send("GET", path).status, 404, path)
    }
    let admin = try Place("admin socket", closed.adminCaller())
    let elsewhere = admin.operations.first { $0.path == "/oauth2/v1/token" }
    XCTAssertEqual(elsewhere?.isHere, false, "the admin socket does not say where tokens are made")
    XCTAssertFalse(
      try Place("listener", Deployment(Self.config).caller()).operations
        .contains { $0.path.hasPrefix("/admin/") }, "a stranger is told of the admin API")
  }

  func testTheDocumentIsNotSentTwice() throws {
    let caller = try Deployment(Self.config).caller()
    let first = try caller.send("GET", Self.path)
    let tag = try XCTUnwrap(first["ETag"])
    XCTAssertFalse(tag.hasPrefix("W/"))
    let again = try caller.send("GET", Self.path, fields: [("If-None-Match", tag)])
    XCTAssertEqual(again.status, 304)
    XCTAssertEqual(again["ETag"], tag)
  }
}
