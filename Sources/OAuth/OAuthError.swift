public import Diagnostics
public import HTTP

/// A refusal of the OAuth endpoints, in three texts for three audiences.
///
/// The code is the RFC's, the description is for the client's developer, reason and detail are for
/// the operator's log only.
public struct OAuthError: Error, Sendable {
  /// The RFC's code.
  public let code: Code
  /// One sentence for the client: ASCII without `"` and `\` (RFC 6749 5.2).
  public let description: String
  /// A stable dotted code of this program, for logs and `explain`.
  public let reason: ReasonCode
  /// What really happened, never sent to a client.
  public let detail: String

  /// A refusal; without a detail the description is all there is to say.
  public init(_ code: Code, _ description: String, reason: ReasonCode, detail: String? = nil) {
    self.code = code
    self.description = Self.printable(description)
    self.reason = reason
    self.detail = detail ?? description
  }

  /// The codes that the endpoints of this program answer with.
  public enum Code: String, Sendable, CaseIterable {
    /// RFC 6749 5.2: the request is malformed.
    case invalid_request
    /// RFC 6749 5.2: client authentication failed.
    case invalid_client
    /// RFC 6749 5.2: the artefact is not good, or not this client's.
    case invalid_grant
    /// RFC 6749 5.2: this client may not use this grant.
    case unauthorized_client
    /// RFC 6749 5.2: no such grant here.
    case unsupported_grant_type
    /// RFC 6749 5.2: the scope is unknown or more than may be given.
    case invalid_scope
    /// RFC 8707 2: the resource is unknown, or the scopes belong to several.
    case invalid_target
    /// RFC 7009 2.2.1: tokens of this type cannot be revoked here.
    case unsupported_token_type
    /// RFC 6749 4.1.2.1: the resource owner or the server said no.
    case access_denied
    /// RFC 8628 3.5: not decided yet, ask again.
    case authorization_pending
    /// RFC 8628 3.5: ask less often.
    case slow_down
    /// RFC 8628 3.5: the device code is too old.
    case expired_token
    /// RFC 6749 4.1.2.1: something broke here.
    case server_error
    /// RFC 6749 4.1.2.1: overloaded or not ready; try again.
    case temporarily_unavailable
  }

  /// The HTTP status that the code goes out with.
  public var status: Status {
    switch code {
    case .invalid_client: .unauthorized
    case .server_error: .internalServerError
    case .temporarily_unavailable: .serviceUnavailable
    default: .badRequest
    }
  }

  private static func printable(_ text: String) -> String {
    let bytes = text.utf8.map { byte in
      (0x20...0x7e).contains(byte) && byte != 0x22 && byte != 0x5c ? byte : UInt8(ascii: "?")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
