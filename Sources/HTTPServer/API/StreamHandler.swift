public import HTTP

/// Takes requests whose head is parsed and whose content stays a stream: the proxy.
///
/// One for each loop. The handler answers at once (`respond`), or takes the request over
/// (`accept`) now or later; until then the head's bytes stay where they are.
public protocol StreamHandler: AnyObject {
  /// Takes a request; head and bytes are good during this call only.
  ///
  /// A handler that decides later keeps the exchange and its `generation`, and gets the head again
  /// by `withHead`.
  func handle(_ exchange: Exchange, _ head: borrowing RequestHead, in bytes: Span<UInt8>)
}

/// Receives the content of an accepted request and what happens to its client; always on the loop.
public protocol ExchangeDelegate: AnyObject {
  /// The next bytes of content, without transfer coding; good during this call only.
  func exchange(_ exchange: Exchange, received bytes: UnsafeRawBufferPointer)
  /// The content is complete.
  func exchangeReceivedAll(_ exchange: Exchange)
  /// The client has taken enough of what waited for it: more may be sent.
  func exchangeDrained(_ exchange: Exchange)
  /// The exchange is over before its end: the client is gone, too slow, or broke the framing.
  func exchangeAborted(_ exchange: Exchange)
}
