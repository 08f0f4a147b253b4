/// The methods that are compared on the hot path, without a `String`.
public enum KnownMethod: UInt8, Sendable, CaseIterable {
  /// Another token.
  case other
  /// GET.
  case get
  /// HEAD.
  case head
  /// POST.
  case post
  /// PUT.
  case put
  /// PATCH.
  case patch
  /// DELETE.
  case delete
  /// OPTIONS.
  case options
  /// TRACE.
  case trace
  /// CONNECT.
  case connect

  /// The method's value; nil for `other`.
  public var method: Method? {
    switch self {
    case .other: nil
    case .get: .get
    case .head: .head
    case .post: .post
    case .put: .put
    case .patch: .patch
    case .delete: .delete
    case .options: .options
    case .trace: .trace
    case .connect: .connect
    }
  }

  /// The method of a name; upper case counts (RFC 9110 9.1).
  public init(_ name: Span<UInt8>) {
    var word: UInt64 = 0
    if name.count <= 8 { for index in name.indices { word = word << 8 | UInt64(name[index]) } }
    self =
      switch word {
      case 0x474554: .get
      case 0x4845_4144: .head
      case 0x504f_5354: .post
      case 0x50_5554: .put
      case 0x50_4154_4348: .patch
      case 0x4445_4c45_5445: .delete
      case 0x4f_5054_494f_4e53: .options
      case 0x54_5241_4345: .trace
      case 0x43_4f4e_4e45_4354: .connect
      default: .other
      }
  }
}

extension RequestHead {
  /// The method as a value.
  public func method(in bytes: Span<UInt8>) -> Method {
    // The slot was checked to be a token.
    knownMethod.method ?? Method(rawValue: method.text(in: bytes)) ?? .get
  }
}
