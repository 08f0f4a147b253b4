internal import HTTP

/// What becomes of a request's field on its way to the upstream.
///
/// The table of all that does not simply pass. Names are compared without case, and with every
/// sign taken for `-`, since CGI and its heirs make one variable of `_`, `.` and others.
enum FieldFate {
  /// Goes on as it came.
  case passes
  /// Ends here.
  case ends
  /// Goes on if the route says so: credentials that were judged here.
  case credentials
  /// Goes on without the pairs that are ours.
  case cookie

  init(of field: FieldSlot, in bytes: Span<UInt8>) {
    switch field.known {
    case .other:
      self = field.isAlias || Self.isSpoofable(field.name, in: bytes) ? .ends : .passes
    case .authorization: self = .credentials
    case .cookie: self = .cookie
    // Of this hop (RFC 9110 7.6.1); the framing is written anew, Expect is met here.
    case .connection, .keepAlive, .proxyConnection, .proxyAuthenticate, .proxyAuthorization, .te,
      .trailer, .transferEncoding, .upgrade, .contentLength, .expect:
      self = .ends
    // Ours to say; what a trusted hop or a trace said in them is taken over there.
    case .host, .requestID, .traceparent, .tracestate, .forwarded, .forwardedFor, .forwardedHost,
      .forwardedProto:
      self = .ends
    case .contentType, .date, .setCookie, .wwwAuthenticate: self = .passes
    }
  }

  /// Fields by which a client could speak in our name, or have the upstream take the request for
  /// another than the one that was judged.
  private static func isSpoofable(_ name: Slot, in bytes: Span<UInt8>) -> Bool {
    switch bytes[name.range.lowerBound] | 0x20 {
    case UInt8(ascii: "x"):
      xPrefixes.contains { name.hasAliasPrefix($0, in: bytes) }
        || xNames.contains { name.isAlias(of: $0, in: bytes) }
    case UInt8(ascii: "c"), UInt8(ascii: "p"), UInt8(ascii: "t"):
      names.contains { name.isAlias(of: $0, in: bytes) }
    default: false
    }
  }

  /// Identity, and all that proxies say of the hop before them and of the request as it was there.
  private static let xPrefixes = ["x-sallyport", "x-forwarded", "x-original-"]

  /// Addresses, and other methods and paths than the request line's.
  private static let xNames = [
    "x-real-ip", "x-client-ip", "x-cluster-client-ip", "x-rewrite-url", "x-host",
    "x-http-method-override", "x-http-method", "x-method-override",
  ]

  /// The same without an X, and `Proxy`, which CGI turns into `HTTP_PROXY`.
  private static let names = ["client-ip", "cf-connecting-ip", "proxy", "true-client-ip"]
}
