/// A response with its whole content, as an endpoint gives it.
///
/// Framing fields (Content-Length, Transfer-Encoding, Connection), Date and X-Request-Id are the
/// server's: an endpoint does not set them.
public struct Response: Sendable, Equatable {
  /// The status.
  public var status: Status
  /// The header fields.
  public var fields: Fields
  /// The content.
  public var body: [UInt8]

  /// A response from its parts.
  public init(status: Status, fields: Fields = Fields(), body: [UInt8] = []) {
    self.status = status
    self.fields = fields
    self.body = body
  }
}
