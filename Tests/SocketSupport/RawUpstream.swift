import Foundation
public import Transport

/// An upstream that does to each connection what a closure says, on a thread of its own.
public final class RawUpstream: @unchecked Sendable {
  /// Where it listens.
  public let address: SocketAddress
  private let socket: ListeningSocket
  private let lock = NSLock()
  private var count = 0

  /// How many connections it has taken.
  public var connections: Int { lock.withLock { count } }

  /// Listens; the closure gets each connection and its number, from 1.
  public init(_ serve: @escaping @Sendable (RawPeer, Int) -> Void) throws {
    socket = try ListeningSocket(.ipv4(0x7f00_0001, port: 0))
    address = socket.address
    let descriptor = dup(socket.descriptor)
    let flags = fcntl(descriptor, F_GETFL)
    _ = fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK)
    Foundation.Thread.detachNewThread { [weak self] in
      while true {
        let peer = accept(descriptor, nil, nil)
        guard peer >= 0, let self else { break }
        let number = self.lock.withLock {
          self.count += 1
          return self.count
        }
        let raw = RawPeer(peer)
        Foundation.Thread.detachNewThread { serve(raw, number) }
      }
      close(descriptor)
    }
  }

  deinit { shutdown(socket.descriptor, Int32(SHUT_RDWR)) }
}

/// One connection of a raw upstream; closed when dropped.
public final class RawPeer: @unchecked Sendable {
  private let descriptor: Int32

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    var wait = timeval(tv_sec: 5, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  /// What came next; empty at the end or after five seconds.
  public func read() -> String {
    var room = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &room, room.count, 0)
    return count > 0 ? String(decoding: room[..<count], as: UTF8.self) : ""
  }

  /// Everything up to and including a text; what came when it never did.
  public func read(to end: String) -> String {
    var text = ""
    while !text.contains(end) {
      let more = read()
      if more.isEmpty { break }
      text += more
    }
    return text
  }

  /// A text and what follows it, up to and including another.
  public func readRest(of begin: String, to end: String) -> String {
    begin.contains(end) ? begin : begin + read(to: end)
  }

  /// Sends text as it is.
  public func send(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// Sends pieces until the peer has taken nothing for a while; how many bytes it took.
  public func sendUntilStuck(atMost limit: Int) -> Int {
    let piece = [UInt8](repeating: 0x61, count: 65_536)
    var total = 0
    var idle = 0
    while idle < 40, total < limit {
      let sent = Glibc.send(
        descriptor, piece, min(piece.count, limit - total),
        Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
      if sent > 0 {
        total += sent
        idle = 0
      } else {
        idle += 1
        usleep(10_000)
      }
    }
    return total
  }

  /// Sends pieces, waiting as long as it takes.
  public func send(count: Int) {
    let piece = [UInt8](repeating: 0x61, count: 65_536)
    var rest = count
    while rest > 0 {
      let sent = Glibc.send(
        descriptor, piece, min(rest, piece.count), Int32(MSG_NOSIGNAL))
      guard sent > 0 else { return }
      rest -= sent
    }
  }
}
