internal import CLinux
internal import Glibc

/// A bound and listening socket, not yet watched by any loop.
public final class ListeningSocket: Sendable {
  /// The address it is bound to, with the real port where 0 was asked for.
  public let address: SocketAddress
  /// The descriptor, open as long as this object.
  public let descriptor: Int32

  private init(descriptor: Int32, address: SocketAddress) {
    self.descriptor = descriptor
    self.address = address
  }

  deinit { close(descriptor) }

  /// Binds and listens; every loop accepts from the one socket.
  ///
  /// A unix socket gets mode 0600; a stale file at its path is replaced, a live one is an error.
  public convenience init(
    _ address: SocketAddress, backlog: Int32 = 4096
  ) throws(SystemError) {
    let type = Int32(SOCK_STREAM.rawValue) | Self.flags
    let descriptor = socket(address.family, type, 0)
    guard descriptor >= 0 else { throw SystemError("socket") }
    do throws(SystemError) {
      try Self.prepare(descriptor, for: address)
      guard listen(descriptor, backlog) == 0 else { throw SystemError("listen") }
      self.init(
        descriptor: descriptor,
        address: try SocketAddress.local(of: descriptor))
    } catch {
      close(descriptor)
      throw error
    }
  }

  /// Refuses connections from now on, in every process and loop that shares the socket.
  public func stopListening() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// Adopts a listening descriptor that another process image opened.
  public convenience init(adopting descriptor: Int32) throws(SystemError) {
    let address = try SocketAddress.local(of: descriptor)
    guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0,
      fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0
    else { throw SystemError("fcntl") }
    self.init(descriptor: descriptor, address: address)
  }

  static let flags = Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)

  private static func prepare(
    _ descriptor: Int32, for address: SocketAddress
  ) throws(SystemError) {
    if case .unix(let path) = address {
      try bindUnix(descriptor, path: path, address: address)
      return
    }
    try setOption(descriptor, SOL_SOCKET, SO_REUSEADDR)
    // Accepted connections inherit it, which saves a call for each.
    try setOption(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY)
    guard address.withKernelForm({ bind(descriptor, $0, $1) }) == 0 else {
      throw SystemError("bind \(address)")
    }
  }

  private static func bindUnix(
    _ descriptor: Int32, path: String, address: SocketAddress
  ) throws(SystemError) {
    try removeStaleSocket(path: path, address: address)
    // The mode of the file comes from the umask at bind: nobody else gets in, not even for a moment.
    let mask = umask(0o177)
    let result = address.withKernelForm { bind(descriptor, $0, $1) }
    let code = errno
    umask(mask)
    guard result == 0 else { throw SystemError("bind \(address)", code: code) }
  }

  private static func removeStaleSocket(
    path: String, address: SocketAddress
  ) throws(SystemError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK else {
      throw SystemError("bind \(address)", code: EEXIST)
    }
    let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | flags, 0)
    guard probe >= 0 else { throw SystemError("socket") }
    defer { close(probe) }
    guard address.withKernelForm({ connect(probe, $0, $1) }) != 0, errno == ECONNREFUSED else {
      throw SystemError("bind \(address)", code: EADDRINUSE)
    }
    guard unlink(path) == 0 else { throw SystemError("unlink \(path)") }
  }

  private static func setOption(
    _ descriptor: Int32, _ level: Int32, _ name: Int32
  ) throws(SystemError) {
    var one: Int32 = 1
    guard setsockopt(descriptor, level, name, &one, socklen_t(MemoryLayout<Int32>.size)) == 0
    else { throw SystemError("setsockopt") }
  }
}
