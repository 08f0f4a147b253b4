/// An issuer identifier (RFC 8414 2): an `https` URL without query and fragment.
///
/// `http` is accepted here so that loopback demonstrations work; who allows it is the config.
public struct Issuer: Hashable, Sendable, CustomStringConvertible {
  /// The URL, byte for byte what the `iss` claim carries.
  public let text: String
  /// Whether the scheme is `https`.
  public let isSecure: Bool
  /// Host and port as written, for example `auth.example:8443`.
  public let authority: String
  /// The path without a slash at its end; empty for an issuer without a path.
  public let path: String

  /// An issuer, or nil if the text is no such URL.
  public init?(_ text: String) {
    guard text.utf8.count <= 512, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
      !text.contains(where: { "?#@\\\"<>".contains($0) })
    else { return nil }
    let rest: Substring
    if text.hasPrefix("https://") {
      rest = text.dropFirst(8)
      isSecure = true
    } else if text.hasPrefix("http://") {
      rest = text.dropFirst(7)
      isSecure = false
    } else {
      return nil
    }
    let authority = rest.prefix { $0 != "/" }
    guard !authority.isEmpty, !authority.hasPrefix(":") else { return nil }
    var path = rest.dropFirst(authority.count)
    if path.hasSuffix("/") { path = path.dropLast() }
    guard !path.contains("//"), !path.contains("/.") else { return nil }
    self.text = text
    self.authority = String(authority)
    self.path = String(path)
  }

  /// Scheme and authority: what a browser calls the origin.
  public var origin: String { (isSecure ? "https://" : "http://") + authority }

  /// The URL of an endpoint whose path is given relative to the issuer.
  public func url(_ endpoint: String) -> String { origin + path + endpoint }

  /// The URL itself.
  public var description: String { text }
}
