/// How the content of a response is delimited towards the client.
public enum ResponseFraming: Sendable, Equatable {
  /// There is none, and no field says how long it would be: 1xx, 204, 304, answers to HEAD.
  case none
  /// So many bytes.
  case length(Int)
  /// Unknown in advance: chunked, or until the connection closes for HTTP/1.0.
  case stream
}
