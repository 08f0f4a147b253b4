public import HTTP

/// One answer that an endpoint may give.
public struct ResponseDescription: Sendable {
  /// The status.
  public let status: Status
  /// When it comes.
  public let description: String
  /// The media type of its body, if it has one.
  public let contentType: String?

  /// Describes an answer.
  public init(_ status: Status, _ description: String, contentType: String? = "application/json") {
    self.status = status
    self.description = description
    self.contentType = contentType
  }
}
