/// The fields that the server or the proxy acts on, recognised while the head is parsed.
public enum KnownField: UInt8, Sendable, CaseIterable {
  /// A field that nothing here acts on.
  case other
  /// `host`.
  case host
  /// `content-length`.
  case contentLength
  /// `transfer-encoding`.
  case transferEncoding
  /// `connection`.
  case connection
  /// `keep-alive`: hop-by-hop.
  case keepAlive
  /// `proxy-connection`: hop-by-hop, though no standard names it.
  case proxyConnection
  /// `proxy-authenticate`: hop-by-hop.
  case proxyAuthenticate
  /// `proxy-authorization`: hop-by-hop.
  case proxyAuthorization
  /// `te`: hop-by-hop.
  case te
  /// `trailer`.
  case trailer
  /// `upgrade`: hop-by-hop.
  case upgrade
  /// `expect`.
  case expect
  /// `authorization`.
  case authorization
  /// `cookie`.
  case cookie
  /// `set-cookie`.
  case setCookie
  /// `content-type`.
  case contentType
  /// `date`.
  case date
  /// `forwarded` (RFC 7239).
  case forwarded
  /// `x-forwarded-for`.
  case forwardedFor
  /// `x-forwarded-host`.
  case forwardedHost
  /// `x-forwarded-proto`.
  case forwardedProto
  /// `x-request-id`.
  case requestID
  /// `www-authenticate`.
  case wwwAuthenticate
  /// `traceparent` (W3C Trace Context).
  case traceparent
  /// `tracestate` (W3C Trace Context).
  case tracestate

  /// The name in lower case.
  public var name: String {
    switch self {
    case .other: ""
    case .host: "host"
    case .contentLength: "content-length"
    case .transferEncoding: "transfer-encoding"
    case .connection: "connection"
    case .keepAlive: "keep-alive"
    case .proxyConnection: "proxy-connection"
    case .proxyAuthenticate: "proxy-authenticate"
    case .proxyAuthorization: "proxy-authorization"
    case .te: "te"
    case .trailer: "trailer"
    case .upgrade: "upgrade"
    case .expect: "expect"
    case .authorization: "authorization"
    case .cookie: "cookie"
    case .setCookie: "set-cookie"
    case .contentType: "content-type"
    case .date: "date"
    case .forwarded: "forwarded"
    case .forwardedFor: "x-forwarded-for"
    case .forwardedHost: "x-forwarded-host"
    case .forwardedProto: "x-forwarded-proto"
    case .requestID: "x-request-id"
    case .wwwAuthenticate: "www-authenticate"
    case .traceparent: "traceparent"
    case .tracestate: "tracestate"
    }
  }

  /// The only field that begins like a name and is as long; its letters are still to be compared.
  static func candidate(_ name: Slot, in bytes: Span<UInt8>) -> KnownField {
    candidate(first: bytes[Int(name.offset)].lowercased, length: Int(name.length))
  }

  private static func candidate(first: UInt8, length: Int) -> KnownField {
    switch (length, first) {
    case (2, UInt8(ascii: "t")): .te
    case (4, UInt8(ascii: "h")): .host
    case (4, UInt8(ascii: "d")): .date
    case (6, UInt8(ascii: "c")): .cookie
    case (6, UInt8(ascii: "e")): .expect
    case (7, UInt8(ascii: "t")): .trailer
    case (7, UInt8(ascii: "u")): .upgrade
    case (9, UInt8(ascii: "f")): .forwarded
    case (10, UInt8(ascii: "c")): .connection
    case (10, UInt8(ascii: "k")): .keepAlive
    case (10, UInt8(ascii: "s")): .setCookie
    case (10, UInt8(ascii: "t")): .tracestate
    case (11, UInt8(ascii: "t")): .traceparent
    case (12, UInt8(ascii: "c")): .contentType
    case (12, UInt8(ascii: "x")): .requestID
    case (13, UInt8(ascii: "a")): .authorization
    case (14, UInt8(ascii: "c")): .contentLength
    case (15, UInt8(ascii: "x")): .forwardedFor
    case (16, UInt8(ascii: "p")): .proxyConnection
    case (16, UInt8(ascii: "w")): .wwwAuthenticate
    case (16, UInt8(ascii: "x")): .forwardedHost
    case (17, UInt8(ascii: "t")): .transferEncoding
    case (17, UInt8(ascii: "x")): .forwardedProto
    case (18, UInt8(ascii: "p")): .proxyAuthenticate
    case (19, UInt8(ascii: "p")): .proxyAuthorization
    default: .other
    }
  }
}
