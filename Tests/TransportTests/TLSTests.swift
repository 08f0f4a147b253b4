import Foundation
import SocketSupport
import Transport
import XCTest

/// The same connection, plain and TLS.
final class TLSTests: XCTestCase {
  /// Echoes `size` bytes through one connection; what came of it.
  private func echo(
    _ size: Int, server: TLSContext?, client: (context: TLSContext, host: String)?
  ) throws -> Result<Int, CountingPeer.CloseError>? {
    let loop = try EventLoop()
    let socket = try ListeningSocket(.ipv4(0x7f00_0001, port: 0))
    let holder = EchoPeer.Holder()
    holder.listener = try Listener(loop: loop, socket: socket) { descriptor, peer in
      let handler = EchoPeer(holder)
      holder.peers.append(handler)
      Connection(
        loop: loop, accepted: descriptor, peer: peer, tls: server, handler: handler
      ).map { holder.connections.append($0) }
    }
    var result: Result<Int, CountingPeer.CloseError>?
    let peer = CountingPeer(size: size) {
      result = $0
      loop.stop()
    }
    let connection = try Connection.connect(
      to: socket.address, on: loop, tls: client, timeout: 5000, handler: peer)
    loop.schedule(after: 20_000) { loop.stop() }
    withExtendedLifetime(connection) { loop.run() }
    for connection in holder.connections { connection.close() }
    return result
  }

  private func contexts(
    _ certificate: Certificate
  ) throws -> (server: TLSContext, client: TLSContext) {
    (
      try TLSContext(certificate: certificate.certificate, key: certificate.key),
      try TLSContext(trusting: certificate.certificate)
    )
  }

  private func assertSuccess(
    _ result: Result<Int, CountingPeer.CloseError>?, _ size: Int, line: UInt = #line
  ) throws {
    XCTAssertEqual(try XCTUnwrap(result).get(), size, line: line)
  }

  func testBytesComeBackPlainWhateverTheirNumber() throws {
    for size in [1, 16_384, 40_000, 20_000_000] {
      try assertSuccess(echo(size, server: nil, client: nil), size)
    }
  }

  func testBytesComeBackOverTLSWhateverTheirNumber() throws {
    let certificate = try Certificate()
    defer { certificate.remove() }
    let (server, client) = try contexts(certificate)
    for size in [1, 16_384, 40_000, 20_000_000] {
      try assertSuccess(echo(size, server: server, client: (client, "localhost")), size)
    }
    try assertSuccess(echo(10, server: server, client: (client, "127.0.0.1")), 10)
  }

  func testAnOwnerThatTakesNothingStopsThePeer() throws {
    let certificate = try Certificate()
    defer { certificate.remove() }
    let (server, client) = try contexts(certificate)
    let size = 64_000_000
    let loop = try EventLoop()
    let socket = try ListeningSocket(.ipv4(0x7f00_0001, port: 0))
    let hoarder = HoardingPeer()
    let listener = try Listener(loop: loop, socket: socket) { descriptor, peer in
      hoarder.adopt(
        Connection(loop: loop, accepted: descriptor, peer: peer, tls: server, handler: hoarder))
    }
    let peer = CountingPeer(size: size) { _ in }
    let connection = try Connection.connect(
      to: socket.address, on: loop, tls: (client, "localhost"), timeout: 5000, handler: peer)
    var sentUntaken = 0
    loop.schedule(after: 1500) {
      sentUntaken = peer.sent
      hoarder.takeAll()
    }
    loop.schedule(after: 6000) { loop.stop() }
    withExtendedLifetime((connection, listener)) { loop.run() }
    // What the kernel holds for a connection on loopback is less.
    XCTAssertLessThan(sentUntaken, size / 2)
    XCTAssertEqual(hoarder.taken, size)
    hoarder.connection?.close()
    connection.close()
  }

  func testAServerWithAnotherNameOrAnUnknownAuthorityIsNotTrusted() throws {
    let certificate = try Certificate()
    let other = try Certificate()
    defer {
      certificate.remove()
      other.remove()
    }
    let (server, client) = try contexts(certificate)
    let stranger = try TLSContext(trusting: other.certificate)
    for (context, host) in [
      (client, "other.example"), (client, "127.0.0.2"), (stranger, "localhost"),
    ] {
      guard case .failure(let error)? = try echo(10, server: server, client: (context, host)),
        case .tls(let reason) = error.cause
      else {
        XCTFail("\(host) was trusted")
        continue
      }
      XCTAssertTrue(reason.hasPrefix("certificate:"), reason)
    }
  }

  func testPlainTextToATLSServerClosesTheConnection() throws {
    let certificate = try Certificate()
    defer { certificate.remove() }
    let (server, _) = try contexts(certificate)
    guard case .failure? = try echo(100, server: server, client: nil) else {
      XCTFail("plain text was taken")
      return
    }
  }

  func testFilesThatAreNoneAreNamed() throws {
    let certificate = try Certificate()
    let other = try Certificate()
    defer {
      certificate.remove()
      other.remove()
    }
    for (cert, key, expected) in [
      ("/nowhere.pem", certificate.key, "/nowhere.pem"),
      (certificate.key, certificate.key, certificate.key),
      (certificate.certificate, "/nowhere.pem", "/nowhere.pem"),
      (certificate.certificate, other.key, other.key),
    ] {
      XCTAssertThrowsError(try TLSContext(certificate: cert, key: key)) {
        XCTAssertTrue("\($0)".hasPrefix(expected), "\($0)")
      }
    }
  }

  func testARefusedConnectionSaysSo() throws {
    let loop = try EventLoop()
    let address = try ListeningSocket(.ipv4(0x7f00_0001, port: 0)).address
    var cause: CloseCause?
    let peer = CountingPeer(size: 1) {
      if case .failure(let error) = $0 { cause = error.cause }
      loop.stop()
    }
    _ = try Connection.connect(to: address, on: loop, timeout: 1000, handler: peer)
    loop.run()
    guard case .refused? = cause else {
      XCTFail("\(String(describing: cause))")
      return
    }
  }
}
