internal import CLinux
internal import Glibc

extension SocketAddress {
  /// The addresses of a host name; waits for the resolver, so never on a loop.
  ///
  /// A literal address is returned as it is.
  public static func resolve(host: String, port: UInt16) throws(SystemError) -> [SocketAddress] {
    if let literal = SocketAddress(host: host, port: port) { return [literal] }
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_ADDRCONFIG
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &list) == 0 else {
      throw SystemError("getaddrinfo \(host)", code: ENOENT)
    }
    defer { freeaddrinfo(list) }
    var addresses: [SocketAddress] = []
    var next = list
    while let info = next {
      next = info.pointee.ai_next
      var storage = sockaddr_storage()
      guard let address = info.pointee.ai_addr,
        Int(info.pointee.ai_addrlen) <= MemoryLayout<sockaddr_storage>.size
      else { continue }
      withUnsafeMutableBytes(of: &storage) {
        $0.copyMemory(
          from: UnsafeRawBufferPointer(start: address, count: Int(info.pointee.ai_addrlen)))
      }
      if let found = SocketAddress(storage) { addresses.append(found.with(port: port)) }
    }
    guard !addresses.isEmpty else { throw SystemError("getaddrinfo \(host)", code: ENOENT) }
    return addresses
  }
}
