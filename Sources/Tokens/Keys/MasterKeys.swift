internal import Cryptography
public import Diagnostics
public import Ports

/// The keys from outside the storage under which its secrets are sealed.
///
/// The first seals, any opens, so that a master key is replaced by putting a new one before it.
public struct MasterKeys: Sendable {
  private let keys: [Secret<[UInt8]>]

  /// Master keys of 32 random bytes each, the newest first; at least one.
  public init(_ keys: [Secret<[UInt8]>]) throws(KeyRingError) {
    guard !keys.isEmpty else { throw .noMasterKey }
    for (position, key) in keys.enumerated() where key.reveal().count != AES256GCM.keyLength {
      throw .unfitMasterKey(position: position)
    }
    self.keys = keys
  }

  /// The sealer for one use: its keys are derived with a label, so that no box of one use opens as
  /// another's.
  public func sealer(for use: StaticString) throws(KeyRingError) -> RecordSealer {
    var ciphers: [AES256GCM] = []
    do {
      for key in keys {
        let info = Array("sallyport \(use)".utf8)
        ciphers.append(
          try AES256GCM(
            key: HKDF.derive(from: key, info: info, length: AES256GCM.keyLength)))
      }
    } catch {
      throw .cryptography(error)
    }
    return RecordSealer(ciphers: ciphers)
  }
}

/// Seals the secret part of records for one use (AES-256-GCM).
///
/// A box is bound to its record's kind and key: moved to another record, it does not open.
public struct RecordSealer: Sendable {
  let ciphers: [AES256GCM]

  /// Seals under the first master key.
  public func seal(_ secret: Secret<[UInt8]>, for key: RecordKey) throws(KeyRingError) -> [UInt8] {
    guard let first = ciphers.first else { throw .noMasterKey }
    do {
      return try first.seal(secret.reveal(), additionalData: Self.context(key))
    } catch {
      throw .cryptography(error)
    }
  }

  /// What a box holds, and whether it should be sealed anew under the first key; nil if none opens.
  public func open(_ box: [UInt8], of key: RecordKey) -> (secret: Secret<[UInt8]>, isStale: Bool)? {
    let context = Self.context(key)
    for (position, cipher) in ciphers.enumerated() {
      do {
        return (Secret(try cipher.open(box, additionalData: context)), position > 0)
      } catch {
        continue  // Not this key's box: the next may open it.
      }
    }
    return nil
  }

  /// Each field with its length before it: no two records share a context.
  private static func context(_ key: RecordKey) -> [UInt8] {
    var bytes: [UInt8] = []
    for field in [Array(key.site.utf8), Array(key.kind.name.utf8), key.key] {
      let count = UInt32(truncatingIfNeeded: field.count)
      for shift in [24, 16, 8, 0] as [UInt32] {
        bytes.append(UInt8(truncatingIfNeeded: count >> shift))
      }
      bytes += field
    }
    return bytes
  }
}
