internal import Glibc
internal import JSON

/// An address to listen on: an IP address and a port; port 0 is any free one.
public struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
  /// `127.0.0.1:8080` or `[::1]:8080`.
  public let text: String

  /// The IP address without brackets.
  public let host: String

  /// The port; 0 for any free one.
  public let port: UInt16

  /// Whether only this machine can connect.
  public let isLoopback: Bool

  /// The text.
  public var description: String { text }

  init?(_ text: String) {
    guard let (host, portText) = HostAndPort.split(text), let port = HostAndPort.port(portText),
      let bytes = IPAddress.bytes(host), text.hasPrefix("[") == (bytes.count == 16)
    else { return nil }
    self.text = text
    self.host = host
    self.port = port
    isLoopback = IPAddress.isLoopback(bytes)
  }
}

/// A block of IP addresses (RFC 4632), or a single one.
public struct AddressRange: Hashable, Sendable, CustomStringConvertible {
  /// `10.0.0.0/8`, `::1` or the like.
  public let text: String

  /// The address in network order: 4 or 16 bytes.
  public let address: [UInt8]

  /// How many leading bits count.
  public let prefix: Int

  /// The text.
  public var description: String { text }

  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let address = IPAddress.bytes(String(parts[0])) else { return nil }
    var prefix = address.count * 8
    if parts.count == 2 {
      guard let bits = HostAndPort.number(parts[1], upTo: prefix) else { return nil }
      prefix = bits
    }
    self.text = text
    self.address = address
    self.prefix = prefix
  }
}

/// The address of an upstream: scheme, host and port, nothing more.
public struct UpstreamAddress: Hashable, Sendable, CustomStringConvertible {
  /// The URL as written.
  public let text: String

  /// Whether it is https.
  public let isSecure: Bool

  /// The host name or IP address, without brackets.
  public let host: String

  /// The port.
  public let port: UInt16

  /// The URL.
  public var description: String { text }

  init?(_ text: String) {
    isSecure = text.hasPrefix("https://")
    guard isSecure || text.hasPrefix("http://") else { return nil }
    var rest = String(text.dropFirst(isSecure ? 8 : 7))
    if rest.hasSuffix("/") { rest.removeLast() }
    if HostAndPort.split(rest) == nil { rest += isSecure ? ":443" : ":80" }
    guard let (host, portText) = HostAndPort.split(rest), let port = HostAndPort.port(portText),
      port > 0, HostAndPort.isHost(host), rest.hasPrefix("[") == host.contains(":")
    else { return nil }
    self.text = text
    self.host = host
    self.port = port
  }
}

/// Hosts that only this machine answers for.
enum Loopback {
  /// Whether the authority of a URL is `localhost` or a loopback address.
  static func isName(_ authority: String) -> Bool {
    let bare =
      authority.hasPrefix("[") && authority.hasSuffix("]")
      ? String(authority.dropFirst().dropLast()) : authority
    let host = HostAndPort.split(authority)?.host ?? bare
    return host == "localhost" || IPAddress.bytes(host).map(IPAddress.isLoopback) ?? false
  }
}

enum HostAndPort {
  /// `host:port` or `[address]:port`, divided.
  static func split(_ text: String) -> (host: String, port: Substring)? {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let host = text[..<colon]
    let port = text[text.index(after: colon)...]
    if host.hasPrefix("["), host.hasSuffix("]") {
      return (String(host.dropFirst().dropLast()), port)
    }
    return host.contains(":") || host.contains("[") ? nil : (String(host), port)
  }

  static func port(_ text: Substring) -> UInt16? { number(text, upTo: 65_535).map(UInt16.init) }

  /// Digits only, no leading zero, at most a bound.
  static func number(_ text: Substring, upTo bound: Int) -> Int? {
    guard text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
      text.count == 1 || !text.hasPrefix("0"), let value = Int(text), value <= bound
    else { return nil }
    return value
  }

  static func isHost(_ text: String) -> Bool {
    if text.contains(":") { return IPAddress.bytes(text) != nil }
    return !text.isEmpty && text.utf8.count <= 255
      && text.utf8.allSatisfy { byte in
        switch byte | 0x20 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte >= 0x41
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte >= 0x30
        default: byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
        }
      }
  }
}

enum IPAddress {
  /// The bytes of an address in network order; `nil` for what is no address.
  static func bytes(_ text: String) -> [UInt8]? {
    var four = [UInt8](repeating: 0, count: 4)
    if inet_pton(AF_INET, text, &four) == 1 { return four }
    var sixteen = [UInt8](repeating: 0, count: 16)
    return inet_pton(AF_INET6, text, &sixteen) == 1 ? sixteen : nil
  }

  static func isLoopback(_ bytes: [UInt8]) -> Bool {
    bytes.count == 4
      ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
  }
}
