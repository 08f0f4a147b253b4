/// What a connection tells its owner, always on the loop.
///
/// After `connectionClosed` nothing more comes. A handler may close or write within any call.
public protocol ConnectionHandler: AnyObject {
  /// The connection is established, TLS handshake included.
  func connectionOpened(_ connection: Connection)
  /// There are new bytes in `readable`.
  func connectionReceived(_ connection: Connection)
  /// The peer will send no more; writing may still be possible.
  func connectionEnded(_ connection: Connection)
  /// The socket takes no more for now: from here on only the peer can make it.
  func connectionBlocked(_ connection: Connection)
  /// What waits to be written has fallen below the low-water mark after it was above the high one.
  func connectionDrained(_ connection: Connection)
  /// The deadline has passed; there is none any more.
  func connectionExpired(_ connection: Connection)
  /// The descriptor is closed.
  func connectionClosed(_ connection: Connection, by cause: CloseCause)
}

/// Why a connection closed.
public enum CloseCause: Equatable, Sendable {
  /// Our own side closed it.
  case ours
  /// The peer reset it, or a system call on it failed.
  case failed(SystemError)
  /// It could not be established.
  case refused(SystemError)
  /// The TLS handshake or the TLS stream failed; the text is OpenSSL's.
  case tls(String)
}
