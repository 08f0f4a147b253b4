public import Diagnostics
internal import HTTP

/// What became of one request, kept for whoever asks by the request's id.
///
/// It holds what the access log says and no more: never a token, a secret, a query or content.
public struct Decision: Sendable {
  /// How the request ended, and with whose entries it is kept.
  public enum Outcome: UInt8, Sendable, CaseIterable {
    /// Let through or answered.
    case passed
    /// A token was issued.
    case issued
    /// Refused, or failed.
    case refused

    /// The word for it.
    public var name: String {
      switch self {
      case .passed: "passed"
      case .issued: "issued"
      case .refused: "refused"
      }
    }
  }

  /// Who had the request when it was decided.
  public enum Handler: UInt8, Sendable {
    /// The server alone.
    case server
    /// An endpoint.
    case endpoint
    /// The proxy.
    case proxy
  }

  /// The request.
  public let id: RequestID
  /// When it was answered.
  public let time: UnixTime
  /// How it ended.
  public let outcome: Outcome
  /// Who decided.
  public let handler: Handler
  /// The method as it was sent.
  public let method: String
  /// The path without the query; empty if the head could not be read.
  public let path: String
  /// The answer's status.
  public let status: Int
  /// Bytes of content that were sent.
  public let bytes: Int
  /// From the head to the end of the answer.
  public let microseconds: Int
  /// Who was at the other end.
  public let peer: String
  /// What was noted on the way, such as route, client, reason and detail.
  public let fields: [LogField]

  init(_ entry: AccessEntry) {
    id = entry.id
    time = entry.time
    outcome = entry.outcome
    handler = entry.handler
    method = String(decoding: entry.methodBytes, as: UTF8.self)
    path = String(decoding: entry.pathBytes, as: UTF8.self)
    status = entry.status
    bytes = entry.bytes
    microseconds = entry.microseconds
    peer = entry.peer.description
    fields = entry.fields
  }
}
