/// Where a connection comes from.
public struct PeerAddress: Hashable, Sendable, CustomStringConvertible {
  /// The address without a port.
  public enum Host: Hashable, Sendable {
    /// An IPv4 address, first octet in the highest bits.
    case ipv4(UInt32)
    /// An IPv6 address, first octet in the highest bits of `high`.
    case ipv6(high: UInt64, low: UInt64)
    /// A process at the other end of a unix socket, by the user id that the kernel vouches for.
    case unix(user: UInt32)
  }

  /// The address.
  public let host: Host
  /// The port; zero for a unix socket.
  public let port: UInt16

  /// A peer from an address and a port; an IPv4 address mapped into IPv6 becomes IPv4.
  public init(host: Host, port: UInt16) {
    if case .ipv6(high: 0, let low) = host, low >> 32 == 0xffff {
      self.host = .ipv4(UInt32(truncatingIfNeeded: low))
    } else {
      self.host = host
    }
    self.port = port
  }

  /// Whether the peer is on this machine.
  public var isLocal: Bool {
    switch host {
    case .ipv4(let address): address >> 24 == 127
    case .ipv6(let high, let low): high == 0 && low == 1
    case .unix: true
    }
  }

  /// `192.0.2.1:80`, `[2001:db8::1]:80` or `unix:1000`.
  public var description: String {
    switch host {
    case .ipv4: "\(host):\(port)"
    case .ipv6: "[\(host)]:\(port)"
    case .unix: "\(host)"
    }
  }
}

extension PeerAddress.Host: CustomStringConvertible {
  /// `192.0.2.1`, `2001:db8::1` (RFC 5952) or `unix:1000`.
  public var description: String {
    switch self {
    case .ipv4(let address):
      "\(address >> 24).\(address >> 16 & 0xff).\(address >> 8 & 0xff).\(address & 0xff)"
    case .ipv6(let high, let low): Self.text(high, low)
    case .unix(let user): "unix:\(user)"
    }
  }

  /// RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups cut.
  private static func text(_ high: UInt64, _ low: UInt64) -> String {
    let groups = (0..<8).map { index in
      UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> UInt64((3 - index % 4) * 16))
    }
    var longest = 0..<0
    var start = 0
    for index in 0...8 where index == 8 || groups[index] != 0 {
      if index - start > max(1, longest.count) { longest = start..<index }
      start = index + 1
    }
    func join(_ part: ArraySlice<UInt16>) -> String {
      part.map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard !longest.isEmpty else { return join(groups[...]) }
    return join(groups[..<longest.lowerBound]) + "::" + join(groups[longest.upperBound...])
  }
}
