import Foundation
import Harness
import XCTest

/// A revoked token is good for nothing from the next request on (RFC 7009).
final class RevocationTests: XCTestCase {
  func testATokenOfEveryFormatIsRefusedFromTheNextRequestOn() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    for client in ["app", "app-rs256", "app-uuid"] {
      let token = try deployment.token(client)
      let other = try deployment.token(client)
      XCTAssertEqual(try caller.get("/api/x", token: token).status, 200, client)
      let answer = try caller.revoke(token, as: client)
      XCTAssertEqual(answer.status, 200, answer.text)
      XCTAssertEqual(answer.body, [], client)
      XCTAssertEqual(try caller.get("/api/x", token: token).status, 401, client)
      XCTAssertEqual(try caller.get("/api/x", token: other).status, 200, client)
      XCTAssertEqual(try caller.revoke(token, as: client).status, 200, "a second time")
    }
  }

  /// Connections are spread over the loops, so that some are served by another than the revoker's.
  func testItHoldsOnEveryLoopAtOnce() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let connections = try (0..<12).map { _ in try Connection(port: try deployment.port()) }
    for client in ["app", "app-uuid"] {
      for _ in 0..<10 {
        let token = try deployment.token(client)
        let statuses = { () -> [Int] in
          try connections.map { connection in
            try caller.send(
              on: connection, "GET", "/api/x", fields: [("Authorization", "Bearer \(token)")]
            ).status
          }
        }
        XCTAssertEqual(Set(try statuses()), [200])
        XCTAssertEqual(try caller.revoke(token, as: client).status, 200)
        XCTAssertEqual(Set(try statuses()), [401])
      }
    }
  }

  func testItSurvivesAKillAndARestart() throws {
    let deployment = try Deployment()
    let tokens = try ["app", "app-uuid"].map { ($0, try deployment.token($0)) }
    let kept = try deployment.token()
    for (client, token) in tokens {
      XCTAssertEqual(try deployment.caller().revoke(token, as: client).status, 200)
    }
    try deployment.kill()
    try deployment.start()
    let caller = try deployment.caller()
    for (client, token) in tokens {
      XCTAssertEqual(try caller.get("/api/x", token: token).status, 401, client)
    }
    XCTAssertEqual(try caller.get("/api/x", token: kept).status, 200)
  }

  func testWhatIsNoTokenOfOursIsAnsweredAsIfRevoked() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let token = try deployment.token()
    let forged = String(token.dropLast(4)) + "AAAA"
    for text in ["garbage", forged, "a.b.c", UUID().uuidString.lowercased()] {
      XCTAssertEqual(try caller.revoke(text).status, 200, text)
    }
    XCTAssertEqual(
      try caller.revoke("garbage", more: [("token_type_hint", "whatever")]).status, 200)
    XCTAssertEqual(try caller.get("/api/x", token: token).status, 200)
  }

  func testAnotherClientsTokenIsRefusedAndUntouched() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    for client in ["app", "app-uuid"] {
      let token = try deployment.token(client)
      let answer = try caller.revoke(token, as: "app-narrow")
      XCTAssertEqual(answer.status, 400)
      XCTAssertEqual(try answer.string("error"), "invalid_grant")
      XCTAssertEqual(try caller.get("/api/x", token: token).status, 200)
    }
  }

  func testOnlyAnAuthenticatedClientMayRevoke() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let token = try deployment.token()
    for form in [
      [("token", token)], [("token", token), ("client_id", "app")],
      [("token", token), ("client_id", "app"), ("client_secret", "wrong")],
      [("token", token), ("client_id", "nobody"), ("client_secret", "x")],
    ] {
      let answer = try caller.post("/oauth2/v1/revoke", form: form)
      XCTAssertEqual(answer.status, 401)
      XCTAssertEqual(try answer.string("error"), "invalid_client")
      XCTAssertNotNil(answer["WWW-Authenticate"])
    }
    let nothing = try caller.post(
      "/oauth2/v1/revoke",
      form: [("client_id", "app"), ("client_secret", DeploymentConfig.secret)])
    XCTAssertEqual(nothing.status, 400)
    XCTAssertEqual(try nothing.string("error"), "invalid_request")
    XCTAssertEqual(try caller.send("GET", "/oauth2/v1/revoke?token=\(token)").status, 405)
    XCTAssertEqual(try caller.get("/api/x", token: token).status, 200)
  }

  func testAnotherProcessOnTheSameFileKnowsWithinASecond() throws {
    let first = try Deployment()
    let config = DeploymentConfig.standard
      .with("state", "\"\(first.folder.path("state"))\"")
      .with("keys", "{ master: [{ file: \"\(first.folder.path("master.key"))\" }] }")
    let second = try Deployment(config)
    let (here, there) = (try first.caller(), try second.caller())
    for client in ["app", "app-uuid"] {
      let token = try first.token(client)
      XCTAssertEqual(try there.get("/api/x", token: token).status, 200, client)
      XCTAssertEqual(try here.revoke(token, as: client).status, 200)
      let begin = Date()
      try eventually(upTo: 1, until: "the other process refuses it") {
        try there.get("/api/x", token: token).status == 401
      }
      XCTAssertLessThan(Date().timeIntervalSince(begin), 1)
    }
    // And back, while both have written.
    let token = try second.token()
    XCTAssertEqual(try there.revoke(token).status, 200)
    try eventually(upTo: 1, until: "the first process refuses it") {
      try here.get("/api/x", token: token).status == 401
    }
  }

  func testManyRevokeAtOnceInTwoProcesses() throws {
    let first = try Deployment()
    let config = DeploymentConfig.standard
      .with("state", "\"\(first.folder.path("state"))\"")
      .with("keys", "{ master: [{ file: \"\(first.folder.path("master.key"))\" }] }")
    let second = try Deployment(config)
    let callers = [try first.caller(), try second.caller()]
    let tokens = try (0..<40).map { _ in try first.token() }
    let statuses = LockedList<Int>()
    DispatchQueue.concurrentPerform(iterations: tokens.count) { index in
      let caller = callers[index % 2]
      statuses.add((try? caller.revoke(tokens[index]).status) ?? 0)
    }
    XCTAssertEqual(Set(statuses.all), [200])
    for caller in callers {
      try eventually(upTo: 1, until: "all are refused") {
        try tokens.allSatisfy { try caller.get("/api/x", token: $0).status == 401 }
      }
    }
  }

  func testPagesOfAnyOriginMayRevoke() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let preflight = try caller.send(
      "OPTIONS", "/oauth2/v1/revoke",
      fields: [("Origin", "https://spa.example"), ("Access-Control-Request-Method", "POST")])
    XCTAssertEqual(preflight["Access-Control-Allow-Origin"], "*")
    let answer = try caller.post(
      "/oauth2/v1/revoke",
      form: [
        ("token", "x"), ("client_id", "app"), ("client_secret", DeploymentConfig.secret),
      ], fields: [("Origin", "https://spa.example")])
    XCTAssertEqual(answer["Access-Control-Allow-Origin"], "*")
    XCTAssertNil(answer["Access-Control-Allow-Credentials"])
  }
}

/// What several threads add to.
private final class LockedList<Element>: @unchecked Sendable {
  private let lock = NSLock()
  private var elements: [Element] = []

  func add(_ element: Element) { lock.withLock { elements.append(element) } }
  var all: [Element] { lock.withLock { elements } }
}
