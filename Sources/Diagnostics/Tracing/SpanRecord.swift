/// One finished piece of work in a trace.
public struct SpanRecord: Sendable {
  /// Which side of a call it was.
  public enum Kind: Int, Sendable {
    /// It answered a request.
    case server = 2
    /// It made one.
    case client = 3
  }

  /// The trace, and the span's own id.
  public let context: TraceContext
  /// The span that it belongs to; 0 for none.
  public let parent: UInt64
  /// What was done, in few different words.
  public let name: String
  /// Which side it was.
  public let kind: Kind
  /// When it began, in microseconds of the monotonic clock.
  public let begin: UInt64
  /// When it ended.
  public let end: UInt64
  /// Its attributes, by OpenTelemetry's names; never a token or a query.
  public let attributes: [LogField]
  /// Whether it failed.
  public let isError: Bool

  /// A span.
  public init(
    _ context: TraceContext, parent: UInt64, name: String, kind: Kind, from begin: UInt64,
    to end: UInt64, attributes: [LogField], isError: Bool
  ) {
    self.context = context
    self.parent = parent
    self.name = name
    self.kind = kind
    self.begin = begin
    self.end = end
    self.attributes = attributes
    self.isError = isError
  }
}
