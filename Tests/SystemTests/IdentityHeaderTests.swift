import Foundation
import Harness
import XCTest

/// What an upstream learns of the caller, and what nobody outside can make it believe.
final class IdentityHeaderTests: XCTestCase {
  private func echo(
    _ path: String, fields: [(String, String)], method: String = "GET"
  ) throws -> RecordingUpstream.Received {
    let upstream = try RecordingUpstream()
    let deployment = try Deployment(.proxying(to: upstream.port))
    let token = path.hasPrefix("/open/") ? nil : try deployment.token(scope: "api.read")
    let authorization = token.map { [("Authorization", "Bearer \($0)")] } ?? []
    let answer = try deployment.caller().send(method, path, fields: authorization + fields)
    XCTAssertEqual(answer.status, 200, answer.text)
    return try XCTUnwrap(upstream.received.first)
  }

  /// Every field whose name could be read as one of ours.
  private func identity(_ request: RecordingUpstream.Received) -> [String: String] {
    let own = request.fields.filter {
      $0.name.lowercased().replacingOccurrences(of: "_", with: "-").hasPrefix("x-sallyport-")
    }
    return Dictionary(own.map { ($0.name.lowercased(), $0.value) }) { "\($0), \($1)" }
  }

  func testTheUpstreamLearnsSubjectClientAndScope() throws {
    let request = try echo("/api/hello?x=1", fields: [])
    XCTAssertEqual(request.target, "/api/hello?x=1")
    let identity = identity(request)
    XCTAssertEqual(Set(identity.values).isSuperset(of: ["app"]), true, "\(identity)")
    XCTAssertTrue(identity.values.contains(#"["api.read"]"#), "\(identity)")
  }

  func testAliasesFromOutsideNeverReachTheUpstream() throws {
    let names = identity(try echo("/api/x", fields: [])).keys
    XCTAssertGreaterThanOrEqual(names.count, 3, "\(names)")
    let aliases = names.flatMap { name in
      [name, name.uppercased(), name.replacingOccurrences(of: "-", with: "_")]
    }
    let fields = aliases.map { ($0, "evil") }
    for path in ["/api/x", "/open/x"] {
      let request = try echo(path, fields: fields)
      XCTAssertFalse(
        request.fields.contains { $0.value.contains("evil") }, "\(path): \(request.fields)")
    }
    XCTAssertEqual(identity(try echo("/open/x", fields: fields)), [:])
  }

  func testAConnectionOptionCannotStripWhatWeSay() throws {
    let names = identity(try echo("/api/x", fields: [])).keys.sorted()
    let request = try echo(
      "/api/x", fields: [("Connection", (["close"] + names).joined(separator: ", "))])
    XCTAssertEqual(identity(request).keys.sorted(), names)
  }

  func testHopByHopFieldsEndHere() throws {
    let request = try echo(
      "/api/x",
      fields: [
        ("Connection", "X-Private"), ("X-Private", "1"), ("Keep-Alive", "timeout=5"),
        ("TE", "trailers"), ("Proxy-Authorization", "Basic eDp5"), ("X-Public", "kept"),
      ])
    for name in ["X-Private", "Keep-Alive", "TE", "Proxy-Authorization", "Proxy-Connection"] {
      XCTAssertNil(request[name], name)
    }
    XCTAssertEqual(request["X-Public"], "kept")
  }

  func testTheTokenItselfStaysHereUnlessTheRoutePassesIt() throws {
    XCTAssertNil(try echo("/api/x", fields: [])["Authorization"])
  }

  func testForwardingFieldsOfAStrangerAreNotBelieved() throws {
    let request = try echo(
      "/api/x",
      fields: [
        ("X-Forwarded-For", "10.1.2.3"), ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Host", "evil.example"), ("X_Forwarded_For", "10.1.2.3"),
        ("Forwarded", "for=10.1.2.3"), ("X-Real-IP", "10.1.2.3"),
      ])
    XCTAssertFalse(request.fields.contains { $0.value.contains("10.1.2.3") }, "\(request.fields)")
    XCTAssertFalse(
      request.fields.contains { $0.value.contains("evil.example") }, "\(request.fields)")
    XCTAssertNotEqual(request["X-Forwarded-Proto"], "https")
  }

  func testTheUpstreamGetsTheRequestsId() throws {
    let request = try echo("/api/x", fields: [("X-Request-Id", "chosen-outside")])
    XCTAssertEqual(request.all("X-Request-Id").count, 1)
    XCTAssertNotEqual(request["X-Request-Id"], "chosen-outside")
  }
}
