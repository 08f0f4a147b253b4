/// A response status (RFC 9110 15): three digits.
public struct Status: Hashable, Sendable, CustomStringConvertible {
  /// 100 to 599.
  public let code: Int

  /// A status from its code, or nil outside 100 to 599.
  public init?(code: Int) {
    guard (100...599).contains(code) else { return nil }
    self.code = code
  }

  private init(known code: Int) { self.code = code }

  /// 100: the client should send the content.
  public static let `continue` = Status(known: 100)
  /// 101: the connection speaks another protocol from here on.
  public static let switchingProtocols = Status(known: 101)
  /// 200.
  public static let ok = Status(known: 200)
  /// 201.
  public static let created = Status(known: 201)
  /// 204: no content follows.
  public static let noContent = Status(known: 204)
  /// 302.
  public static let found = Status(known: 302)
  /// 303: see another resource with GET.
  public static let seeOther = Status(known: 303)
  /// 304: no content follows.
  public static let notModified = Status(known: 304)
  /// 400.
  public static let badRequest = Status(known: 400)
  /// 401: credentials are missing or bad.
  public static let unauthorized = Status(known: 401)
  /// 403: the credentials do not suffice.
  public static let forbidden = Status(known: 403)
  /// 404.
  public static let notFound = Status(known: 404)
  /// 405: the target knows other methods.
  public static let methodNotAllowed = Status(known: 405)
  /// 408: the request came too slowly.
  public static let requestTimeout = Status(known: 408)
  /// 409.
  public static let conflict = Status(known: 409)
  /// 411: a Content-Length is wanted.
  public static let lengthRequired = Status(known: 411)
  /// 413: the content is longer than allowed.
  public static let contentTooLarge = Status(known: 413)
  /// 414: the target is longer than allowed.
  public static let targetTooLong = Status(known: 414)
  /// 415: the content has a type that is not read here.
  public static let unsupportedMediaType = Status(known: 415)
  /// 417: an expectation other than `100-continue`.
  public static let expectationFailed = Status(known: 417)
  /// 421: the request is for another host.
  public static let misdirectedRequest = Status(known: 421)
  /// 429: too many requests.
  public static let tooManyRequests = Status(known: 429)
  /// 431: the fields are too many or too long.
  public static let fieldsTooLarge = Status(known: 431)
  /// 500.
  public static let internalServerError = Status(known: 500)
  /// 501: a method or coding that is not known here.
  public static let notImplemented = Status(known: 501)
  /// 502: the upstream gave no valid answer.
  public static let badGateway = Status(known: 502)
  /// 503: not now.
  public static let serviceUnavailable = Status(known: 503)
  /// 504: the upstream gave no answer in time.
  public static let gatewayTimeout = Status(known: 504)
  /// 505: another version of HTTP.
  public static let versionNotSupported = Status(known: 505)

  /// Whether this is an interim answer (1xx): another follows.
  public var isInterim: Bool { code < 200 }

  /// Whether an answer of this status never has content (RFC 9110 6.4.1).
  public var forbidsContent: Bool { code < 200 || code == 204 || code == 304 }

  /// The code and its phrase.
  public var description: String { "\(code) \(reason)" }
}
