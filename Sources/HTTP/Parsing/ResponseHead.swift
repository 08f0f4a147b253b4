/// A parsed response head: slots into the bytes that were parsed, and what they decide.
public struct ResponseHead: Sendable {
  /// The status.
  public internal(set) var status: Status = .ok
  /// The phrase after the status; may be empty.
  public internal(set) var reason: Slot = .empty
  /// The version.
  public internal(set) var version: HTTPVersion = .http11
  /// The field lines.
  public internal(set) var fields = FieldTable()
  /// What the Connection field says.
  public internal(set) var connection = ConnectionOptions()
  /// How the content is delimited, the request's method considered.
  public internal(set) var framing: BodyFraming = .empty
  /// How many bytes the head takes, its last empty line included.
  public internal(set) var length = 0

  /// Whether the connection can carry another request after this response.
  public var isPersistent: Bool {
    guard framing != .untilClose, !connection.close else { return false }
    return version == .http11 || connection.keepAlive
  }

  mutating func removeAll() {
    fields.removeAll()
    connection = ConnectionOptions()
    framing = .empty
    length = 0
  }

  /// Settles the framing by RFC 9112 6.3, in its order.
  mutating func decide(answersHead: Bool, in bytes: Span<UInt8>) throws(MessageFault) {
    connection = try ConnectionOptions(of: fields, in: bytes)
    let isChunked = try TransferCoding.isChunked(fields, version: version, in: bytes)
    let length = try ContentLength.read(fields, in: bytes)
    if answersHead || status.forbidsContent {
      framing = .empty
    } else if isChunked {
      framing = .chunked
    } else if let length {
      framing = .length(length)
    } else {
      framing = .untilClose
    }
  }
}
