internal import JOSE

/// Ways off the event loop; each returns false when its pool is full.
public struct Offload: Sendable {
  /// Work that the given closure is to be run on.
  public typealias Pool = @Sendable (@escaping @Sendable () -> Void) -> Bool

  /// For computing: slow signatures, password hashes.
  public let computing: Pool
  /// For waiting: plugins, storage reads.
  public let waiting: Pool

  /// Two pools.
  public init(computing: @escaping Pool, waiting: @escaping Pool) {
    self.computing = computing
    self.waiting = waiting
  }
}

extension JWSAlgorithm {
  /// Whether a signature costs so little that it may be made on an event loop (RSA's costs 0.2 ms).
  var signsQuickly: Bool {
    switch self {
    case .es256, .eddsa, .ed25519: true
    default: false
    }
  }
}
