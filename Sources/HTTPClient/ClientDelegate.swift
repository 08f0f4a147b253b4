public import HTTP

/// Receives the answer to one request, always on the loop.
///
/// The last call is `clientReceivedAll` or `clientFailed`; after `ClientConnection.abort` none comes.
public protocol ClientDelegate: AnyObject {
  /// An interim answer (1xx) other than 100; head and bytes are good during this call only.
  func client(
    _ connection: ClientConnection, receivedInterim head: borrowing ResponseHead,
    in bytes: Span<UInt8>)
  /// The head of the answer; head and bytes are good during this call only.
  func client(
    _ connection: ClientConnection, receivedHead head: borrowing ResponseHead,
    in bytes: Span<UInt8>)
  /// Content of the answer, without transfer coding; good during this call only.
  func client(_ connection: ClientConnection, received bytes: UnsafeRawBufferPointer)
  /// All that has come for now was handed out: a good moment to flush.
  func clientHandedOut(_ connection: ClientConnection)
  /// The answer is complete; the connection may already serve somebody else.
  func clientReceivedAll(_ connection: ClientConnection)
  /// The upstream has taken enough of the request's content: more may be sent.
  func clientDrained(_ connection: ClientConnection)
  /// The request is over before the answer was complete.
  func client(_ connection: ClientConnection, failed fault: ClientFault)
}
