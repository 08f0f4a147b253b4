public import Cryptography
public import Diagnostics
public import JOSE
public import Ports

/// Why the key ring cannot do what was asked; the description is for the operator.
public enum KeyRingError: Error, Equatable, Sendable {
  /// The policy contradicts itself.
  case policy(String)
  /// There is no master key to seal with.
  case noMasterKey
  /// A master key has not 32 bytes.
  case unfitMasterKey(position: Int)
  /// A stored key opens under none of the master keys: wrong or missing master key, or damage.
  case cannotOpen(String)
  /// A stored key is not of the form that this version writes.
  case malformedRecord(String)
  /// The key in use has gone from storage, which holds no other of its algorithm.
  case vanished(String)
  /// Storage could not be read for so long that keys of other processes may be missing.
  case outOfDate
  /// No key may sign with the algorithm now.
  case noSigningKey(JWSAlgorithm)
  /// No key may encrypt now.
  case noEncryptionKey
  /// No key has the id.
  case unknownKey(String)
  /// The key that signs now, or is about to, cannot be retired: rotate first, and wait.
  case noSuccessor(String)
  /// Storage failed.
  case storage(StorageError)
  /// A key could not be made or used.
  case key(JOSEError)
  /// A token could not be encrypted.
  case encryption(JWEError)
  /// libcrypto failed.
  case cryptography(CryptographyError)
}

extension KeyRingError: CustomStringConvertible {
  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .policy(let fault): "the key policy is contradictory: \(fault)"
    case .noMasterKey: "keys.master is empty: keys can be neither sealed nor opened"
    case .unfitMasterKey(let position):
      "keys.master[\(position)] must be 32 random bytes"
    case .cannotOpen(let key):
      "the stored key \(key) opens under none of keys.master; give the master key that sealed it, "
        + "or restore the storage that belongs to this one"
    case .malformedRecord(let key): "the stored key \(key) is damaged or of a newer version"
    case .vanished(let id):
      "the key \"\(id)\" is in use and has gone from storage; restore its record, or make a new key "
        + "with `sallyport key rotate`"
    case .outOfDate: "the key ring could not be read for too long"
    case .noSigningKey(let algorithm): "no key may sign with \(algorithm.rawValue) now"
    case .noEncryptionKey: "no key may encrypt now"
    case .unknownKey(let id): "there is no key \"\(id)\""
    case .noSuccessor(let id):
      "the key \"\(id)\" is in use or about to be; rotate, and retire it when its successor is"
    case .storage(let error): "\(error)"
    case .key(let error): "a key is unusable: \(error.code)"
    case .encryption(let error): "a token could not be encrypted: \(error.code)"
    case .cryptography(let error): "libcrypto failed: \(error)"
    }
  }
}

extension KeyRingError {
  /// Whether the keys may be as they should, and only storage is out of reach.
  var isOfStorage: Bool {
    if case .storage = self { return true }
    return false
  }

  /// The stable reason code.
  public var code: ReasonCode {
    switch self {
    case .storage(let error): error.code
    case .cannotOpen, .malformedRecord: .keyDamaged
    case .vanished: .keyVanished
    default: .keyUnavailable
    }
  }
}
