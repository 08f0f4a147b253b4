internal import Glibc

/// Where a socket listens, connects to or comes from.
public enum SocketAddress: Hashable, Sendable {
  /// An IPv4 address, first octet in the highest bits, and a port.
  case ipv4(UInt32, port: UInt16)
  /// An IPv6 address, first octet in the highest bits of `high`, and a port.
  case ipv6(high: UInt64, low: UInt64, port: UInt16)
  /// The path of a unix-domain socket.
  case unix(String)

  /// An address from `192.0.2.1:80`, `[2001:db8::1]:80` or `unix:/path`; names are not looked up.
  public init?(_ text: String) {
    if text.hasPrefix("unix:") {
      let path = String(text.dropFirst(5))
      guard !path.isEmpty, path.utf8.count < Self.pathCapacity, !path.utf8.contains(0) else {
        return nil
      }
      self = .unix(path)
      return
    }
    guard let colon = text.lastIndex(of: ":"), let port = Self.port(text[colon...].dropFirst())
    else { return nil }
    self.init(host: String(text[..<colon]), port: port)
  }

  /// An address from a literal host, IPv6 with or without brackets, and a port.
  public init?(host: String, port: UInt16) {
    var four = in_addr()
    if inet_pton(AF_INET, host, &four) == 1 {
      self = .ipv4(UInt32(bigEndian: four.s_addr), port: port)
      return
    }
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    var six = in6_addr()
    guard inet_pton(AF_INET6, isBracketed ? String(host.dropFirst().dropLast()) : host, &six) == 1
    else { return nil }
    self = Self.from(six, port: port)
  }

  /// The same address with another port; a unix path has none and stays.
  public func with(port: UInt16) -> SocketAddress {
    switch self {
    case .ipv4(let address, _): .ipv4(address, port: port)
    case .ipv6(let high, let low, _): .ipv6(high: high, low: low, port: port)
    case .unix: self
    }
  }

  /// The port; zero for a unix path.
  public var port: UInt16 {
    switch self {
    case .ipv4(_, let port), .ipv6(_, _, let port): port
    case .unix: 0
    }
  }

  /// Whether it is a unix-domain socket's.
  public var isUnix: Bool { if case .unix = self { true } else { false } }

  /// Whether only processes of this machine can reach it.
  public var isLoopback: Bool {
    switch self {
    case .ipv4(let address, _): address >> 24 == 127
    case .ipv6(let high, let low, _):
      high == 0 && (low == 1 || low >> 24 == 0xffff_7f)
    case .unix: true
    }
  }

  private static func port(_ text: Substring) -> UInt16? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return UInt16(text)
  }
}

extension SocketAddress: CustomStringConvertible {
  /// `192.0.2.1:80`, `[2001:db8::1]:80` or `unix:/path`.
  public var description: String {
    switch self {
    case .unix(let path): return "unix:\(path)"
    case .ipv4(let address, let port):
      let octets = [24, 16, 8, 0].map { String(address >> UInt32($0) & 0xff) }
      return "\(octets.joined(separator: ".")):\(port)"
    case .ipv6(let high, let low, let port):
      var six = Self.in6(high, low)
      var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
      guard inet_ntop(AF_INET6, &six, &text, socklen_t(text.count)) != nil else { return "?" }
      let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      return "[\(String(decoding: bytes, as: UTF8.self))]:\(port)"
    }
  }
}
