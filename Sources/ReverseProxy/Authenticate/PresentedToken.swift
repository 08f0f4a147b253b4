public import HTTP

/// What a request presents as its access token (RFC 6750 2.1): in the Authorization field alone.
///
/// A token in the query or in a form is not looked at: it would stand in logs and histories.
public enum PresentedToken: Sendable, Equatable {
  /// The request presents none, or something of another scheme.
  case absent
  /// The request presents something that cannot be one token.
  case malformed(Fault)
  /// What stands where a token belongs; whether it is one, the verifier says.
  case token(Slot)

  /// Why what was presented cannot be a token.
  public enum Fault: Sendable {
    /// More than one Authorization field: two programs may look at different ones.
    case repeated
    /// The scheme alone.
    case empty
    /// Longer than a token may be.
    case tooLong
  }

  /// The most bytes of a token.
  public static let limit = 16_384

  /// Reads the Authorization field of a request.
  public init(_ head: borrowing RequestHead, in bytes: Span<UInt8>) {
    guard let field = head.fields.first(.authorization) else {
      self = .absent
      return
    }
    guard !head.fields.isRepeated(.authorization) else {
      self = .malformed(.repeated)
      return
    }
    self.init(credentials: field.value, in: bytes)
  }

  /// Reads `Bearer`, in any case, one or more spaces, and the rest.
  ///
  /// The rest is not looked at byte by byte here: the verifier knows tokens that it has seen by
  /// their hash, and takes nothing for one that is not exactly one.
  private init(credentials: Slot, in bytes: Span<UInt8>) {
    guard let token = credentials.credentials(ofScheme: "bearer", in: bytes) else {
      self = .absent
      return
    }
    guard token.length <= Self.limit else {
      self = .malformed(.tooLong)
      return
    }
    self = token.isEmpty ? .malformed(.empty) : .token(token)
  }
}
