/// A parsed request head: slots into the bytes that were parsed, and what they decide.
///
/// A head is good until its parser is reset, and while the caller keeps the head's bytes.
public struct RequestHead: Sendable {
  /// The method.
  public internal(set) var method: Slot = .empty
  /// The method, if it is one of those named here.
  public internal(set) var knownMethod: KnownMethod = .other
  /// Where the target stands, and what it says.
  public internal(set) var target = RequestTarget()
  /// The version.
  public internal(set) var version: HTTPVersion = .http11
  /// The field lines.
  public internal(set) var fields = FieldTable()
  /// Who the request is for; nil only in HTTP/1.0.
  public internal(set) var host: HostName?
  /// How the content is delimited.
  public internal(set) var framing: BodyFraming = .empty
  /// What the Connection field says.
  public internal(set) var connection = ConnectionOptions()
  /// Whether the client waits for `100 Continue` before it sends the content.
  public internal(set) var expectsContinue = false
  /// How many bytes the head takes, its last empty line included: the content begins there.
  public internal(set) var length = 0

  /// Whether the client lets the connection live on after this request (RFC 9112 9.3).
  public var isPersistent: Bool {
    switch version {
    case .http11: !connection.close
    case .http10: connection.keepAlive && !connection.close
    }
  }

  mutating func removeAll() {
    // Everything else is set before a head is complete.
    fields.removeAll()
    target.removeAll()
    host = nil
    framing = .empty
    connection = ConnectionOptions()
    expectsContinue = false
    length = 0
  }
}

/// The versions of HTTP/1 that are spoken here.
public enum HTTPVersion: Sendable {
  /// HTTP/1.0: one request a connection unless it says `keep-alive`.
  case http10
  /// HTTP/1.1.
  case http11
}

/// How the content of a message is delimited (RFC 9112 6.3).
public enum BodyFraming: Sendable, Equatable {
  /// There is none.
  case empty
  /// So many bytes.
  case length(Int)
  /// The chunked coding.
  case chunked
  /// All that comes until the connection closes; only in responses.
  case untilClose
}
