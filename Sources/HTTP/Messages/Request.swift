public import Diagnostics

/// A request with its whole content, as an endpoint gets it.
public struct Request: Sendable {
  /// The name of this request in answers and logs.
  public let id: RequestID
  /// The method.
  public let method: Method
  /// The path in canonical form: dot segments gone, unreserved characters decoded.
  public let path: String
  /// What follows the question mark, as it came; nil without one.
  public let query: String?
  /// The header fields.
  public let fields: Fields
  /// The content, without its transfer coding.
  public let body: [UInt8]
  /// Who sent it.
  public let peer: PeerAddress
  /// Whether it came over TLS, here or at a hop that the configuration trusts.
  public let isSecure: Bool

  /// A request from its parts.
  public init(
    id: RequestID, method: Method, path: String, query: String? = nil, fields: Fields = Fields(),
    body: [UInt8] = [], peer: PeerAddress, isSecure: Bool
  ) {
    self.id = id
    self.method = method
    self.path = path
    self.query = query
    self.fields = fields
    self.body = body
    self.peer = peer
    self.isSecure = isSecure
  }
}
