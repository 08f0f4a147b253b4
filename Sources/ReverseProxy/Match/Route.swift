public import HTTP

/// One way through the door: what it matches, who may pass, and where it leads.
///
/// Compiled once from the configuration and never changed; a request carries a reference to it.
public final class Route: Sendable {
  /// The name in logs.
  public let name: String
  /// Its place in the list of routes.
  public let number: Int
  /// The host that it is for, in lower case without a port; nil for every host.
  public let host: String?
  /// The path prefix in canonical form, without the slash at its end; empty for every path.
  public let path: String
  /// The methods; empty for all.
  public let methods: [Method]
  /// Who may pass.
  public let access: Access
  /// Where it leads.
  public let destination: Destination
  /// Whether the Authorization field goes on to the upstream.
  public let passesAuthorization: Bool

  /// Who may pass a route.
  public enum Access: Sendable {
    /// Everybody; said in so many words in the configuration, never by leaving something out.
    case anonymous
    /// Holders of a token that the policy takes.
    case token(TokenPolicy)
  }

  /// Where a route leads.
  public struct Destination: Sendable, Equatable {
    /// Its place in the list of upstreams.
    public let index: Int
    /// What the Host field says there; nil for the host that the client named.
    public let host: FieldValue?

    /// A destination by its place.
    public init(index: Int, host: FieldValue?) {
      self.index = index
      self.host = host
    }
  }

  /// A route from its parts.
  ///
  /// A path matches on whole segments: `/api` and `/api/` both match `/api`, `/api/` and
  /// `/api/x`, and neither matches `/apix`.
  ///
  /// - Throws: what no request could match.
  public init(
    name: String, host: String?, path: String, methods: [Method], access: Access,
    destination: Destination, passesAuthorization: Bool, number: Int = 0
  ) throws(RouteFault) {
    let canonical: String
    do {
      canonical = try CanonicalPath.of(path)
    } catch {
      throw .unusablePath(route: name, path: path, error)
    }
    guard canonical == path else {
      throw .pathNotCanonical(route: name, path: path, canonical: canonical)
    }
    if let host, !Self.isHost(host) { throw .invalidHost(route: name, host: host) }
    if let method = methods.first(where: { $0 == .trace || $0 == .connect }) {
      throw .methodNotForwarded(route: name, method)
    }
    self.name = name
    self.host = host?.lowercased()
    self.path = path.hasSuffix("/") ? String(path.dropLast()) : path
    self.methods = methods
    self.access = access
    self.destination = destination
    self.passesAuthorization = passesAuthorization
    self.number = number
  }

  /// A name or an address without a port; an IPv6 address in brackets.
  private static func isHost(_ host: String) -> Bool {
    let isLiteral = host.hasPrefix("[") && host.hasSuffix("]")
    let inner = isLiteral ? host.dropFirst().dropLast() : host[...]
    // The dot that ends an absolute name is never looked at, so no request could match it.
    return !inner.isEmpty && !inner.hasSuffix(".")
      && inner.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): true
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
        case UInt8(ascii: ":"): isLiteral
        case UInt8(ascii: "g")...UInt8(ascii: "z"), UInt8(ascii: "G")...UInt8(ascii: "Z"),
          UInt8(ascii: "-"), UInt8(ascii: "_"):
          !isLiteral
        default: false
        }
      }
  }
}
