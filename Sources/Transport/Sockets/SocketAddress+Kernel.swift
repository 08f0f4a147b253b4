internal import CLinux
internal import Glibc

extension SocketAddress {
  static let pathCapacity = MemoryLayout.size(ofValue: sockaddr_un().sun_path)

  /// The protocol family to make a socket of.
  var family: Int32 {
    switch self {
    case .ipv4: AF_INET
    case .ipv6: AF_INET6
    case .unix: AF_UNIX
    }
  }

  /// The address as the kernel reads it, for the length of a call.
  func withKernelForm<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    var storage = sockaddr_storage()
    let length = write(to: &storage)
    return withUnsafePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
    }
  }

  /// The address that the kernel wrote, or nil for a family that is not ours.
  init?(_ storage: sockaddr_storage) {
    var storage = storage
    switch Int32(storage.ss_family) {
    case AF_INET:
      let address = withUnsafeBytes(of: &storage) { $0.load(as: sockaddr_in.self) }
      self = .ipv4(
        UInt32(bigEndian: address.sin_addr.s_addr), port: UInt16(bigEndian: address.sin_port))
    case AF_INET6:
      let address = withUnsafeBytes(of: &storage) { $0.load(as: sockaddr_in6.self) }
      self = Self.from(address.sin6_addr, port: UInt16(bigEndian: address.sin6_port))
    case AF_UNIX:
      let address = withUnsafeBytes(of: &storage) { $0.load(as: sockaddr_un.self) }
      let path = withUnsafeBytes(of: address.sun_path) { $0.prefix { $0 != 0 }.map { $0 } }
      self = .unix(String(decoding: path, as: UTF8.self))
    default: return nil
    }
  }

  /// The address a socket is bound to.
  static func local(of descriptor: Int32) throws(SystemError) -> SocketAddress {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let result = withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &length)
      }
    }
    guard result == 0 else { throw SystemError("getsockname") }
    guard let address = SocketAddress(storage) else {
      throw SystemError("getsockname", code: EAFNOSUPPORT)
    }
    return address
  }

  static func from(_ six: in6_addr, port: UInt16) -> SocketAddress {
    let (high, low) = withUnsafeBytes(of: six) { bytes in
      (
        UInt64(bigEndian: bytes.load(as: UInt64.self)),
        UInt64(bigEndian: bytes.load(fromByteOffset: 8, as: UInt64.self))
      )
    }
    return .ipv6(high: high, low: low, port: port)
  }

  static func in6(_ high: UInt64, _ low: UInt64) -> in6_addr {
    var six = in6_addr()
    withUnsafeMutableBytes(of: &six) { bytes in
      bytes.storeBytes(of: high.bigEndian, as: UInt64.self)
      bytes.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
    }
    return six
  }

  private func write(to storage: inout sockaddr_storage) -> socklen_t {
    switch self {
    case .ipv4(let host, let port):
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = host.bigEndian
      address.sin_port = port.bigEndian
      return Self.copy(address, to: &storage)
    case .ipv6(let high, let low, let port):
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_addr = Self.in6(high, low)
      address.sin6_port = port.bigEndian
      return Self.copy(address, to: &storage)
    case .unix(let path):
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      // Shorter than the field, which is zeroed: the initialisers see to it.
      withUnsafeMutableBytes(of: &address.sun_path) {
        $0.copyBytes(from: path.utf8.prefix(Self.pathCapacity - 1))
      }
      return Self.copy(address, to: &storage)
    }
  }

  private static func copy<Address>(
    _ address: Address, to storage: inout sockaddr_storage
  ) -> socklen_t {
    withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: address, as: Address.self) }
    return socklen_t(MemoryLayout<Address>.size)
  }
}
