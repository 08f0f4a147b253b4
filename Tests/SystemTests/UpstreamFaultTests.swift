import Foundation
import Harness
import Synchronization
import XCTest

/// An upstream that answers wrongly harms one request: it is 502, and its connection serves nobody else.
final class UpstreamFaultTests: XCTestCase {
  func testAmbiguousAnswersAre502AndPoisonNothing() throws {
    let answers = [
      "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
      "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
      "HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\na",
      "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\na",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\na",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nX : y\r\nContent-Length: 1\r\n\r\na",
      "HTTP/1.1 200 OK\r\nX: y\r\n z\r\nContent-Length: 1\r\n\r\na",
      "HTTP/1.1 200 OK\r\nX: y\rz\r\nContent-Length: 1\r\n\r\na",
      "HTTP/1.1 200 OK\nContent-Length: 1\n\na",
      "HTTP/1.1 200 OK\r\nX: \0\r\nContent-Length: 1\r\n\r\na",
      "HTTP/2.0 200 OK\r\nContent-Length: 1\r\n\r\na",
      "HTTP/1.1 2000 OK\r\nContent-Length: 1\r\n\r\na",
      "HTTP/1.1 099 OK\r\nContent-Length: 1\r\n\r\na",
      "ICY 200 OK\r\n\r\na", "nonsense\r\n\r\n", "\r\n\r\n",
    ]
    let lab = try Lab()
    for answer in answers {
      XCTAssertEqual(try lab.status(for: answer), 502, answer.debugDescription)
      XCTAssertEqual(try lab.status(for: Lab.good), 200, "after \(answer.debugDescription)")
    }
  }

  func testBytesBehindAnAnswerAreNobodysAnswer() throws {
    let lab = try Lab()
    let evil = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nX-Evil: 1\r\n\r\nevil"
    for first in [
      "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ngood\r\n0\r\n\r\n",
      "HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\n",
      "HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\n\r\n",
    ] {
      let answer = try lab.answer(for: first + evil)
      XCTAssertFalse(answer.text.contains("evil"), first)
      let next = try lab.answer(for: Lab.good)
      XCTAssertEqual(next.text, "good", "after \(first.debugDescription)")
      XCTAssertNil(next["X-Evil"], "after \(first.debugDescription)")
    }
  }

  func testBrokenChunksCutTheAnswerShort() throws {
    let lab = try Lab()
    for content in [
      "5\nhello\r\n0\r\n\r\n", "5\r\nhello0\r\n\r\n", "0x5\r\nhello\r\n0\r\n\r\n", "5\r\nhel",
    ] {
      lab.next("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(content)", closes: true)
      let connection = try Connection(port: lab.port)
      try connection.send("GET /open/x HTTP/1.1\r\nHost: x\r\n\r\n")
      let all = String(decoding: try connection.receiveAll(), as: UTF8.self)
      XCTAssertFalse(all.hasSuffix("\r\n0\r\n\r\n"), "looks whole: \(all)")
      XCTAssertEqual(try lab.status(for: Lab.good), 200)
    }
  }

  func testAnAnswerThatNobodyAskedForIsDropped() throws {
    let lab = try Lab()
    XCTAssertEqual(
      try lab.status(
        for: "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
      502)
    XCTAssertEqual(
      try lab.answer(for: "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + Lab.good).text, "good")
    let flood = String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 200) + Lab.good
    XCTAssertTrue([200, 502].contains(try lab.status(for: flood)))
    XCTAssertEqual(try lab.status(for: Lab.good), 200)
  }

  func testTheUpstreamCannotSpeakForUs() throws {
    let lab = try Lab()
    let answer = try lab.answer(
      for: "HTTP/1.1 200 OK\r\nX-Request-Id: theirs\r\nSet-Cookie: __Host-sallyport=x\r\n"
        + "Set-Cookie: a=b\r\nConnection: close, X-Private\r\nX-Private: 1\r\nKeep-Alive: 1\r\n"
        + "Content-Length: 0\r\n\r\n")
    XCTAssertEqual(answer.status, 200)
    XCTAssertEqual(
      answer.fields.filter { $0.name.lowercased() == "set-cookie" }.map(\.value), ["a=b"])
    XCTAssertNotEqual(answer["X-Request-Id"], "theirs")
    XCTAssertNil(answer["X-Private"])
    XCTAssertNil(answer["Keep-Alive"])
  }
}

/// A deployment in front of an upstream that answers the next request with given bytes.
private final class Lab: Sendable {
  static let good = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood"

  private final class Script: Sendable {
    let next = Mutex<(bytes: String, closes: Bool)>((Lab.good, false))
  }

  private let script: Script
  private let server: RawServer
  private let deployment: Deployment
  let port: UInt16

  init() throws {
    let script = Script()
    self.script = script
    server = try RawServer { connection in
      while (try? connection.receive(through: "\r\n\r\n")) != nil {
        let next = script.next.withLock { $0 }
        try connection.send(next.bytes.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
        if next.closes { return }
      }
    }
    deployment = try Deployment(.proxying(to: server.port))
    port = try deployment.port()
  }

  /// Says what the upstream answers from here on.
  func next(_ bytes: String, closes: Bool = false) {
    script.next.withLock { $0 = (bytes, closes) }
  }

  func answer(for bytes: String) throws -> HTTPAnswer {
    next(bytes)
    return try HTTPCaller(port: port).send("GET", "/open/x")
  }

  func status(for bytes: String) throws -> Int { try answer(for: bytes).status }
}
