public import HTTP

/// The proxies in front of a listener whose forwarding fields are believed; nobody by default.
public struct TrustedHops: Sendable {
  /// A block of addresses (RFC 4632).
  public struct Block: Sendable {
    private let high: UInt64
    private let low: UInt64
    private let prefix: Int

    /// A block of IPv4 addresses, by the first `prefix` bits, at most 32.
    public init(ipv4 address: UInt32, prefix: Int) {
      self.init(ipv6: 0, 0xffff_0000_0000 | UInt64(address), prefix: 96 + prefix)
    }

    /// A block of IPv6 addresses, by the first `prefix` bits, at most 128.
    public init(ipv6 high: UInt64, _ low: UInt64, prefix: Int) {
      self.high = high
      self.low = low
      self.prefix = min(max(prefix, 0), 128)
    }

    fileprivate func contains(_ high: UInt64, _ low: UInt64) -> Bool {
      let upper = prefix == 0 ? 0 : UInt64.max << UInt64(64 - min(prefix, 64))
      let lower = prefix <= 64 ? 0 : UInt64.max << UInt64(128 - prefix)
      return (high ^ self.high) & upper == 0 && (low ^ self.low) & lower == 0
    }
  }

  private let blocks: [Block]

  /// Hops by their blocks; none for nobody.
  public init(_ blocks: [Block]) { self.blocks = blocks }

  /// Whether a peer is one of them.
  public func contains(_ host: PeerAddress.Host) -> Bool {
    guard !blocks.isEmpty else { return false }
    switch host {
    case .ipv4(let address):
      let mapped = 0xffff_0000_0000 | UInt64(address)
      return blocks.contains { $0.contains(0, mapped) }
    case .ipv6(let high, let low):
      return blocks.contains { $0.contains(high, low) }
    case .unix:
      return false
    }
  }
}
