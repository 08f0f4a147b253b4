internal import Diagnostics
public import JOSE
internal import Ports

extension KeyRing {
  /// Reads the ring again and does what is due: makes missing keys, publishes successors, removes
  /// what has ended, seals anew what an older master key sealed.
  ///
  /// Blocks on storage. To be called every `policy.refresh`, and safe at any time in any number of
  /// processes.
  public func maintain() throws(KeyRingError) {
    do throws(KeyRingError) {
      try exclusively { () throws(KeyRingError) in
        let signing = try signing.maintain()
        try replace(signing: signing, encryption: try encryption.maintain())
      }
    } catch {
      note(error)
      throw error
    }
    note(nil)
  }

  /// Publishes the next signing key of an algorithm now, whatever the schedule says.
  ///
  /// It signs when every cached JWK Set must have expired. If one is waiting already, that one is
  /// returned and nothing else happens. Blocks on storage.
  @discardableResult
  public func rotate(_ algorithm: JWSAlgorithm) throws(KeyRingError) -> SigningKey {
    try exclusively { () throws(KeyRingError) in
      let (next, keys) = try signing.rotate(algorithm)
      try replace(signing: keys)
      guard let next else { throw .noSigningKey(algorithm) }
      return next
    }
  }

  /// Makes the next encryption key now; it is used when every other process must know it.
  ///
  /// As with `rotate`, one that waits already is returned. Blocks on storage.
  @discardableResult
  public func rotateEncryption(
    _ algorithm: OwnEncryption = .a256kw
  ) throws(KeyRingError) -> EncryptionKey {
    try exclusively { () throws(KeyRingError) in
      let (next, keys) = try encryption.rotate(algorithm)
      try replace(encryption: keys)
      guard let next else { throw .noEncryptionKey }
      return next
    }
  }

  /// Takes a key out of the ring at once: one that waits is never used, and the tokens of one that
  /// was are refused from now on.
  ///
  /// Throws `noSuccessor` for the key in use now, and for one about to be. Blocks on storage.
  public func retire(_ keyID: String) throws(KeyRingError) {
    try exclusively { () throws(KeyRingError) in
      if let keys = try signing.retire(keyID) {
        try replace(signing: keys)
      } else if let keys = try encryption.retire(keyID) {
        try replace(encryption: keys)
      } else {
        throw .unknownKey(keyID)
      }
    }
  }
}
