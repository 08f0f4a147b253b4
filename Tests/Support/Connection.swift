import Foundation

/// One blocking TCP connection that sends and receives exactly the bytes it is told.
package final class Connection: @unchecked Sendable {
  private var descriptor: Int32
  private var buffer: [UInt8] = []

  init(descriptor: Int32, timeout: Double) {
    self.descriptor = descriptor
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var limit = timeval()
    limit.tv_sec = Int(timeout)
    limit.tv_usec = Int((timeout - timeout.rounded(.down)) * 1_000_000)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    var yes: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, 4)
  }

  /// Connects to a port of this machine; every read and write then waits at most `timeout` seconds.
  package convenience init(port: UInt16, timeout: Double = 10) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = SocketAddress.loopback(port)
    guard SocketAddress.connect(descriptor, &address) == 0 else {
      let code = errno
      Glibc.close(descriptor)
      throw Problem("cannot connect to port \(port): \(String(cString: strerror(code)))")
    }
    self.init(descriptor: descriptor, timeout: timeout)
  }

  /// Connects to a unix socket.
  package convenience init(socket path: String, timeout: Double = 10) throws {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else {
      let code = errno
      Glibc.close(descriptor)
      throw Problem("cannot connect to \(path): \(String(cString: strerror(code)))")
    }
    self.init(descriptor: descriptor, timeout: timeout)
  }

  deinit { close() }

  package func close() {
    guard descriptor >= 0 else { return }
    Glibc.close(descriptor)
    descriptor = -1
  }

  /// Says that nothing more is to come, and keeps reading.
  package func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Ends the connection with a reset instead of a farewell.
  package func reset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
    close()
  }

  package func send(_ text: String) throws { try send(Array(text.utf8)) }

  package func send(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.send(
          descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent,
          Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw Problem("send: \(String(cString: strerror(errno)))") }
      sent += count
    }
  }

  /// The next bytes, as they come; empty at the end of the stream.
  package func receive() throws -> [UInt8] {
    if !buffer.isEmpty {
      defer { buffer = [] }
      return buffer
    }
    return try receiveFromSocket()
  }

  /// Everything up to and including the mark, which must come.
  package func receive(through mark: String, limit: Int = 1 << 20) throws -> [UInt8] {
    let pattern = Array(mark.utf8)
    while true {
      if let end = buffer.firstRange(of: pattern)?.upperBound {
        defer { buffer.removeFirst(end) }
        return Array(buffer[..<end])
      }
      guard buffer.count < limit else {
        throw Problem("no \(mark.debugDescription) in \(limit) bytes")
      }
      let more = try receiveFromSocket()
      guard !more.isEmpty else {
        let text = String(decoding: buffer, as: UTF8.self)
        throw Problem("closed before \(mark.debugDescription): \(text.debugDescription)")
      }
      buffer += more
    }
  }

  /// Exactly so many bytes.
  package func receive(count: Int) throws -> [UInt8] {
    while buffer.count < count {
      let more = try receiveFromSocket()
      guard !more.isEmpty else { throw Problem("closed after \(buffer.count) of \(count) bytes") }
      buffer += more
    }
    defer { buffer.removeFirst(count) }
    return Array(buffer[..<count])
  }

  /// Everything until the other side closes.
  package func receiveAll() throws -> [UInt8] {
    var all = buffer
    buffer = []
    while true {
      let more = try receiveFromSocket()
      if more.isEmpty { return all }
      all += more
    }
  }

  private func receiveFromSocket() throws -> [UInt8] {
    var error: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: 65_536) { space, count in
      let received = recv(descriptor, space.baseAddress, space.count, 0)
      if received < 0 { error = errno }
      count = max(0, received)
    }
    guard error == 0 else { throw Problem("receive: \(String(cString: strerror(error)))") }
    return bytes
  }
}

/// The few words of the sockets interface that need a cast.
enum SocketAddress {
  static func loopback(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return address
  }

  static func connect(_ descriptor: Int32, _ address: inout sockaddr_in) -> Int32 {
    cast(&address) { Glibc.connect(descriptor, $0, $1) }
  }

  static func bind(_ descriptor: Int32, _ address: inout sockaddr_in) -> Int32 {
    cast(&address) { Glibc.bind(descriptor, $0, $1) }
  }

  static func port(of descriptor: Int32) -> UInt16 {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = cast(&address) { pointer, _ in getsockname(descriptor, pointer, &size) }
    return UInt16(bigEndian: address.sin_port)
  }

  private static func cast(
    _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
