import Foundation
import Harness
import Synchronization
import XCTest

/// A gibibyte in each direction, with a reader who pauses: memory stays small, in clear and over TLS.
final class StreamingTests: XCTestCase {
  private static let total = 1 << 30

  /// A deployment with a certificate and an upstream that sends a gibibyte, or counts what it gets.
  private func deployment(tls: Bool, upstream: UInt16) throws -> Deployment {
    let config = DeploymentConfig.proxying(to: upstream).with(
      "listeners",
      """
      [{ address: "127.0.0.1:0", serves: ["authorization-server", "proxy"]\
      \(tls ? #", tls: { certificate: "tls.crt", key: "tls.key" }"# : "") }]
      """)
    let deployment = try Deployment(config, start: false)
    if tls { try Certificate.make(in: deployment.folder) }
    try deployment.start()
    return deployment
  }

  private func source() throws -> RawServer {
    try RawServer { connection in
      while true {
        _ = try connection.receive(through: "\r\n\r\n")
        try connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(Self.total)\r\n\r\n")
        let piece = [UInt8](repeating: 0x61, count: 1 << 20)
        for _ in 0..<(Self.total >> 20) { try connection.send(piece) }
      }
    }
  }

  private func memory(_ deployment: Deployment) throws -> Int {
    let id = try XCTUnwrap(deployment.process?.id)
    let status = try String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)
    let line = try XCTUnwrap(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
    return try XCTUnwrap(Int(line.split(separator: " ")[1])) >> 10
  }

  func testADownloadWithAPausingReaderTakesLittleMemory() throws {
    let server = try source()
    let deployment = try deployment(tls: false, upstream: server.port)
    let connection = try Connection(port: try deployment.port(), timeout: 60)
    try connection.send("GET /open/big HTTP/1.1\r\nHost: x\r\n\r\n")
    _ = try connection.receive(through: "\r\n\r\n")
    // Nobody reads: what has no place in the socket buffers must wait at the upstream.
    var before = -1
    try eventually(until: "the upstream is held back") {
      let now = try memory(deployment)
      defer { before = now }
      return now == before
    }
    XCTAssertLessThan(try memory(deployment), 80)
    var received = 0
    while received < Self.total { received += try connection.receive().count }
    XCTAssertEqual(received, Self.total)
    XCTAssertLessThan(try memory(deployment), 80)
  }

  func testADownloadOverTLSTakesLittleMemory() throws {
    let server = try source()
    let deployment = try deployment(tls: true, upstream: server.port)
    let result = try execute(
      "curl",
      [
        "-sS", "--cacert", deployment.folder.path("tls.crt"), "-o", "/dev/null", "-w",
        "%{http_code} %{size_download}", "https://127.0.0.1:\(deployment.port())/open/big",
      ], within: 120)
    XCTAssertEqual(result.output, "200 \(Self.total)", result.errors)
    XCTAssertLessThan(try memory(deployment), 80)
  }

  func testAnUploadTakesLittleMemory() throws {
    let received = Atomic<Int>(0)
    let server = try RawServer { connection in
      _ = try connection.receive(through: "\r\n\r\n")
      while received.load(ordering: .relaxed) < Self.total {
        received.wrappingAdd(try connection.receive().count, ordering: .relaxed)
      }
      try connection.send(RecordingUpstream.ok("\(received.load(ordering: .relaxed))"))
    }
    let deployment = try deployment(tls: false, upstream: server.port)
    let connection = try Connection(port: try deployment.port(), timeout: 60)
    try connection.send(
      "POST /open/up HTTP/1.1\r\nHost: x\r\nContent-Length: \(Self.total)\r\n\r\n")
    let piece = [UInt8](repeating: 0x61, count: 1 << 20)
    for _ in 0..<(Self.total >> 20) { try connection.send(piece) }
    XCTAssertEqual(try connection.receiveAnswer().text, "\(Self.total)")
    XCTAssertLessThan(try memory(deployment), 80)
  }
}

/// A certificate of our own making for 127.0.0.1.
enum Certificate {
  static func make(in folder: ScratchFolder) throws {
    let result = try execute(
      "openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
        "1", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
        "-keyout", folder.path("tls.key"), "-out", folder.path("tls.crt"),
      ])
    guard result.exitCode == 0 else { throw Problem(result.errors) }
    chmod(folder.path("tls.crt"), 0o600)
  }
}
