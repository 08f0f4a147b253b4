import Foundation
import Harness
import Synchronization
import XCTest

/// A second request hidden in a first one never reaches an upstream, however it is hidden.
final class SmugglingTests: XCTestCase {
  private static let hidden = "GET /open/hidden HTTP/1.1\r\nHost: x\r\n\r\n"

  /// Fields by which one program sees the hidden request as content and another as a request.
  private static let framings = [
    "Content-Length: 40\r\nTransfer-Encoding: chunked",
    "Transfer-Encoding: chunked\r\nContent-Length: 40",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
    "Transfer-Encoding: identity", "Transfer-Encoding: chunked, identity",
    "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: x", "Transfer-Encoding:",
    "Transfer-Encoding: \"chunked\"", "Transfer-Encoding: chunked;q=1",
    "Transfer-Encoding: chunked\u{0b}", "Transfer-Encoding: \u{0b}chunked",
    "Transfer-Encoding: ch\u{212A}unked", "Transfer-Encoding\u{0}: chunked",
    "Transfer-Encoding : chunked", "Transfer-Encoding\t: chunked", " Transfer-Encoding: chunked",
    "Transfer-Encoding:\n chunked", "Transfer-Encoding:\r\n chunked",
    "Transfer-Encoding: chunked\n",
    "X: y\nTransfer-Encoding: chunked", "X: y\rTransfer-Encoding: chunked",
    "X: y\r\rTransfer-Encoding: chunked", "X: y\n\nTransfer-Encoding: chunked",
    "X: \0\r\nTransfer-Encoding: chunked",
    "Content-Length: 0\r\nContent-Length: 40", "Content-Length: 40\r\nContent-Length: 40",
    "Content-Length: 0, 40", "Content-Length: 40, 40", "Content-Length: +40",
    "Content-Length: -1", "Content-Length: 0x28", "Content-Length: 4 0", "Content-Length: 40\u{0b}",
    "Content-Length: 40.0", "Content-Length: 4e1", "Content-Length:", "Content-Length: \"40\"",
    "Content-Length: 18446744073709551656", "Content-Length: 9223372036854775848",
    "Content-Length : 40", "Content-Length\u{0}: 40", "Content-Length\u{a0}: 40",
    "Content-Length: 4\u{0}0", "Content Length: 40", "Content-Length: 40\r\n :",
    "Host: y", "Host: x\r\nContent-Length: 40", ":", "X", "\u{0}: y", "(: y",
  ]

  /// Chunked content that ends at different places for different programs.
  private static let contents = [
    "0\n\n", "0\r\n\n", "0\n\r\n", "0\r\r\n", "0 \r\n\r\n", " 0\r\n\r\n", "0x0\r\n\r\n",
    "-0\r\n\r\n",
    "+0\r\n\r\n", "\r\n0\r\n\r\n", ";\r\n\r\n", "0;\n\r\n\r\n", "0;a=\0\r\n\r\n", "0;a\rb\r\n\r\n",
    "1\r\nab\r\n0\r\n\r\n", "2\r\na\r\n0\r\n\r\n", "1\r\na0\r\n\r\n", "1\r\na\n0\r\n\r\n",
    "1\na\r\n0\r\n\r\n", "10000000000000000\r\na\r\n", "8000000000000000\r\na\r\n",
    "FFFFFFFFFFFFFFFF\r\na\r\n", "00000000000000000\r\n\r\n", "g\r\n\r\n", "0\r\nX : y\r\n\r\n",
    "0\r\n X: y\r\n\r\n", "0\r\nX: y\n\r\n", "0\r\nGET /open/hidden HTTP/1.1\r\nHost: x\r\n\r\n",
    "0\r\nX: \0\r\n\r\n",
  ]

  func testNothingBehindAnAmbiguousHeadIsRead() throws {
    let lab = try Lab()
    for fields in Self.framings {
      let message = "POST /open/first HTTP/1.1\r\nHost: x\r\n\(fields)\r\n\r\n0\r\n\r\n"
      try lab.refuse(message + Self.hidden, fields)
    }
    XCTAssertEqual(lab.targets, [])
  }

  func testNothingBehindAmbiguousChunksIsRead() throws {
    let lab = try Lab()
    for content in Self.contents {
      let message =
        "POST /open/first HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\(content)"
      try lab.refuse(message + Self.hidden, content)
    }
    XCTAssertFalse(lab.targets.contains("/open/hidden"), "\(lab.targets)")
  }

  func testNothingBehindAnAmbiguousRequestLineIsRead() throws {
    let lab = try Lab()
    for line in [
      "GET /open/first", "GET /open/first HTTP/0.9", "GET /open/first HTTP/1.2",
      "GET /open/first HTTP/2.0", "GET /open/first HTTP/1.1 ", "GET  /open/first HTTP/1.1",
      "GET /open/first  HTTP/1.1", "GET\t/open/first\tHTTP/1.1", " GET /open/first HTTP/1.1",
      "GET /open/first\u{0} HTTP/1.1", "GET /open/first HTTP/1.1\rX: y",
      "G\u{0}T /open/first HTTP/1.1",
      "GET /open/first#/open/hidden HTTP/1.1", "GET open/first HTTP/1.1", "GET * HTTP/1.1",
      "GET http://y/open/first HTTP/1.1", "GET http://x@y/open/first HTTP/1.1",
      "GET //y@x/../../open HTTP/1.1", "CONNECT x:80 HTTP/1.1", "PRI * HTTP/2.0", "GET",
      "GET /open/first HTTP/1.1\r\nX", "\0GET /open/first HTTP/1.1",
    ] {
      try lab.refuse("\(line)\r\nHost: x\r\n\r\n" + Self.hidden, line)
    }
    XCTAssertEqual(lab.targets, [])
  }

  func testHiddenRequestInContentStaysContent() throws {
    let lab = try Lab()
    let count = Self.hidden.utf8.count
    let requests = [
      "POST /open/length HTTP/1.1\r\nHost: x\r\nContent-Length: \(count)\r\n\r\n\(Self.hidden)",
      "POST /open/zeros HTTP/1.1\r\nHost: x\r\nContent-Length: 00\(count)\r\n\r\n\(Self.hidden)",
      "GET /open/get HTTP/1.1\r\nHost: x\r\nContent-Length: \(count)\r\n\r\n\(Self.hidden)",
      "POST /open/chunks HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n"
        + "\(String(count, radix: 16));a=\"b;c\"\r\n\(Self.hidden)\r\n0\r\nHost: y\r\n\r\n",
      "POST /open/alias HTTP/1.1\r\nHost: x\r\nContent_Length: 0\r\nTransfer_Encoding: chunked\r\n"
        + "Content-Length: \(count)\r\n\r\n\(Self.hidden)",
      "POST /open/hop HTTP/1.1\r\nHost: x\r\nConnection: Content-Length, Host\r\n"
        + "Content-Length: \(count)\r\n\r\n\(Self.hidden)",
    ]
    let connection = try Connection(port: lab.port)
    for request in requests {
      try connection.send(request)
      XCTAssertEqual(try connection.receiveAnswer().status, 200, request)
    }
    XCTAssertEqual(
      lab.targets,
      ["length", "zeros", "get", "chunks", "alias", "hop"].map { "/open/\($0)" })
    for received in lab.upstream.received {
      XCTAssertEqual(received.body, Array(Self.hidden.utf8), received.target)
      XCTAssertNil(received["Content_Length"])
      XCTAssertNil(received["Transfer_Encoding"])
    }
  }

  func testDamagedRequestsReachTheUpstreamOnlyAsTheyWereAnswered() throws {
    let lab = try Lab(limits: #"{ headTimeout: "200ms", bodyTimeout: "200ms" }"#)
    let seeds = [
      "GET /open/a?b=c HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n",
      "POST /open/b HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
      "POST /open/c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
      "GET http://x/open/../open/d HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n",
    ]
    let last = Array("GET /open/last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".utf8)
    var random = SplitMix(state: 0x51a5_9017)
    let accepted = Atomic<Int>(0)
    let queue = OperationQueue()
    queue.maxConcurrentOperationCount = 32
    for _ in 0..<1_500 {
      var bytes = (0..<2).flatMap { _ in Array((seeds.randomElement(using: &random) ?? "").utf8) }
      for _ in 0..<Int.random(in: 1...2, using: &random) { Self.damage(&bytes, &random) }
      let input = bytes + last
      queue.addOperation {
        // A connection that is cut brings no answer; what reached the upstream is counted below.
        let count = (try? lab.goodAnswers(to: input)) ?? 0
        accepted.wrappingAdd(count, ordering: .relaxed)
      }
    }
    queue.waitUntilAllOperationsAreFinished()
    let targets = lab.targets
    XCTAssertGreaterThan(targets.count, 1_000)
    XCTAssertEqual(targets.count, accepted.load(ordering: .relaxed))
    let strays = targets.filter {
      let path = $0.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false)
      return path.count < 2 || path[1] != "open" || path.contains("..") || path.contains(".")
    }
    XCTAssertEqual(strays, [])
  }

  private static func damage(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    let interesting: [UInt8] = Array("\r\n\t :,;/.%?#0159aGH".utf8) + [0, 0x0b, 0x7f, 0x80, 0xff]
    let position = Int.random(in: 0..<bytes.count, using: &random)
    let byte = interesting.randomElement(using: &random) ?? 0
    switch Int.random(in: 0..<3, using: &random) {
    case 0: bytes[position] = byte
    case 1: bytes.insert(byte, at: position)
    default: bytes.remove(at: position)
    }
  }
}

/// A deployment in front of an upstream that records what reaches it.
private final class Lab: Sendable {
  let upstream: RecordingUpstream
  let port: UInt16
  /// Kept so that the program lives as long as the lab; nobody calls it from another thread.
  private let deployment: Deployment

  init(limits: String? = nil) throws {
    upstream = try RecordingUpstream()
    deployment = try Deployment(.proxying(to: upstream.port).with("limits", limits))
    port = try deployment.port()
  }

  /// The targets that have reached the upstream.
  var targets: [String] { upstream.received.map(\.target) }

  /// Sends bytes that must bring one refusal and the end of the connection.
  func refuse(_ text: String, _ name: String) throws {
    let connection = try Connection(port: port)
    try connection.send(text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
    let all = String(decoding: try connection.receiveAll(), as: UTF8.self)
    let name = name.debugDescription
    XCTAssertTrue(
      ["400", "501", "505"].contains { all.hasPrefix("HTTP/1.1 \($0) ") }, "\(name): \(all)")
    XCTAssertEqual(all.components(separatedBy: "HTTP/1.1 ").count, 2, "\(name): \(all)")
    XCTAssertTrue(all.lowercased().contains("connection: close"), "\(name): \(all)")
  }

  /// How many answers of status 200 some bytes bring, with nothing behind them.
  func goodAnswers(to bytes: [UInt8]) throws -> Int {
    let connection = try Connection(port: port)
    try connection.send(bytes)
    let all = String(decoding: try connection.receiveAll(), as: UTF8.self)
    return all.components(separatedBy: "HTTP/1.1 200 ").count - 1
  }
}

/// A generator that gives the same numbers in every run.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}
