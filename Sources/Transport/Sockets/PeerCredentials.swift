internal import CLinux

/// Who is at the other end of a unix-domain socket, as the kernel vouches for.
public struct PeerCredentials: Equatable, Sendable {
  /// The process.
  public let process: UInt32
  /// Its effective user when it connected.
  public let user: UInt32
  /// Its effective group when it connected.
  public let group: UInt32

  init?(of descriptor: Int32) {
    var process: UInt32 = 0
    var user: UInt32 = 0
    var group: UInt32 = 0
    guard sp_peer_credentials(descriptor, &process, &user, &group) == 0 else { return nil }
    self.process = process
    self.user = user
    self.group = group
  }
}
