internal import HTTP
internal import JSON
internal import OAuth

extension Codec where Value == Issuer {
  /// An issuer; `http` only where nobody can listen in between.
  static var issuer: Codec {
    let codec = Codec.text(
      "an https URL without query and fragment (http only for a loopback host)",
      example: "https://auth.example"
    ) { text, _ in Issuer(text) }
    return codec.checked { issuer, node, reading in
      guard !issuer.isSecure, !Loopback.isName(issuer.authority) else { return }
      reading.fault(
        node.position, "is an http URL of a host that is not loopback", "use https")
    }
  }
}

extension Codec where Value == Issuer {
  /// Our own issuer, which other sections ask about.
  static var ownIssuer: Codec {
    Codec.issuer.checked { issuer, _, reading in reading.facts.issuer = issuer }
  }
}

extension Codec where Value == ClientID {
  /// A client identifier.
  static var clientID: Codec {
    .text("a client identifier of 1 to 256 printable ASCII characters", example: "my-client") {
      text, _ in ClientID(text)
    }
  }
}

extension Codec where Value == GrantType {
  /// A grant type.
  static var grantType: Codec {
    .text("a grant type: a registered word or a URI", example: "client_credentials") { text, _ in
      GrantType(text)
    }
  }
}

extension Codec where Value == Scope {
  /// A scope.
  static var scope: Codec {
    .text(
      "a scope of 1 to 128 printable ASCII characters without space, \" and \\",
      example: "api.read"
    ) { text, _ in Scope(text) }
  }
}

extension Codec where Value == Audience {
  /// An audience.
  static var audience: Codec {
    .text(
      "an audience of 1 to 512 printable ASCII characters without space",
      example: "https://api.example"
    ) { text, _ in Audience(text) }
  }
}

extension Codec where Value == Method {
  /// A request method.
  static var method: Codec {
    .text("a request method in capitals but TRACE and CONNECT", example: "GET", longest: 32) {
      text, _ in
      Method(rawValue: text).flatMap { Self.isRoutable($0) ? $0 : nil }
    }
  }
}

extension Codec where Value == Method {
  /// Whether the proxy forwards requests of a method; nobody means `get`, which is another.
  private static func isRoutable(_ method: Method) -> Bool {
    method != .trace && method != .connect && !method.rawValue.contains { $0.isLowercase }
  }
}

extension Codec where Value == String {
  /// The path prefix of a route, in the form in which requests are compared.
  static var routePath: Codec {
    .text(
      "a path that begins with \"/\", as requests arrive with it: without \"//\", dot segments, query "
        + "and needless percent signs",
      example: "/api/", longest: 1024
    ) { text, _ in RoutePath.isNormal(text) ? text : nil }
  }

  /// The host that a route is for, without port.
  static var routeHost: Codec {
    .text("a host name or address without port", example: "api.example", longest: 255) { text, _ in
      let host = text.lowercased()
      let isHost = host.utf8.allSatisfy { byte in
        Token.isValid(CollectionOfOne(byte)) || byte == UInt8(ascii: ":")
          || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
      }
      guard isHost, !host.isEmpty else { return nil }
      // A port after a name never matches; a colon is good only inside the brackets of IPv6.
      return host.contains(":") && !(host.hasPrefix("[") && host.hasSuffix("]")) ? nil : host
    }
  }
}

/// The form of paths that a route may name.
enum RoutePath {
  /// Whether requests arrive with the path just so: another form would never match.
  static func isNormal(_ text: String) -> Bool {
    let segments = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    // An empty segment is good only as the last: the slash at the end.
    guard !segments.dropLast().contains("") else { return false }
    do {
      return try CanonicalPath.of(text) == text
    } catch {
      return false
    }
  }
}
