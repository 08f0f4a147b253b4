internal import Cryptography
public import Diagnostics
public import JSON

/// A symmetric key as a JSON Web Key (RFC 7518 6.4): never where a public key belongs.
public struct SecretJWK: Sendable {
  /// The key's bytes.
  public let bytes: Secret<[UInt8]>
  /// The `kid`, if it has one.
  public private(set) var keyID: String?
  /// The algorithms of JWS that it may be used with: HMAC whose digest is no longer than the key.
  public let algorithms: [JWSAlgorithm]

  private let purpose: JWKPurpose

  /// The most bytes of a key.
  public static let limit = 1024

  /// A key for HMAC; throws `unfitKey` if it is shorter than the digest (RFC 7518 3.2).
  public init(
    _ bytes: Secret<[UInt8]>, keyID: String? = nil, algorithm: JWSAlgorithm? = nil
  ) throws(JOSEError) {
    try self.init(
      bytes, keyID: keyID, JWKPurpose(use: .signature, algorithm: algorithm?.rawValue))
  }

  /// A key for encrypting and decrypting, with the algorithm of JWE that it is for.
  public init(
    _ bytes: Secret<[UInt8]>, keyID: String? = nil, encryptionAlgorithm: String?
  ) throws(JOSEError) {
    try self.init(
      bytes, keyID: keyID, JWKPurpose(use: .encryption, algorithm: encryptionAlgorithm))
  }

  /// Reads a symmetric JWK that is wanted for a use, or for any if that is nil.
  public init(_ object: JSONObject, for use: JWKUse? = .signature) throws(JOSEError) {
    let members = JWKMembers(object)
    let type = try members.required("kty")
    guard type == "oct" else { throw .unsupportedKey(type) }
    let purpose = try JWKPurpose(members, .secret, for: use)
    try self.init(try members.secret("k"), keyID: try members.optional("kid"), purpose)
  }

  private init(
    _ bytes: Secret<[UInt8]>, keyID: String?, _ purpose: JWKPurpose
  ) throws(JOSEError) {
    let length = bytes.reveal().count
    guard (1...Self.limit).contains(length) else { throw .malformedKey("k") }
    let named = purpose.algorithms(fitting: JWSAlgorithm.symmetric)
    algorithms = named.filter { ($0.macDigest?.length ?? .max) <= length }
    if purpose.use == .signature {
      // An asymmetric algorithm in a shared secret: somebody mistook one kind of key for another.
      if named.isEmpty { throw .algorithm(purpose.algorithm ?? "") }
      // "A key of the same size as the hash output or larger MUST be used" (RFC 7518 3.2).
      if algorithms.isEmpty { throw .unfitKey(.weakKey("HMAC key of \(length) bytes")) }
    }
    self.bytes = bytes
    self.keyID = keyID
    self.purpose = purpose
  }

  /// What it is for; nil if it does not say.
  public var use: JWKUse? { purpose.use }

  /// The name of the only algorithm, of JWS or JWE, that it may be used with, if it says so.
  public var algorithmName: String? { purpose.algorithm }

  /// Whether `key_ops`, if it is there, lets the key make MACs, and not only check them.
  var maySign: Bool { purpose.operations?.contains(.sign) ?? true }

  /// Whether `key_ops`, if it is there, lets the key check MACs, and not only make them.
  var mayVerify: Bool { purpose.operations?.contains(.verify) ?? true }

  /// The key as JSON: for a file that only its owner reads.
  public var json: Secret<JSONObject> {
    var object = required
    if let keyID { object["kid"] = .string(keyID) }
    if let name = purpose.algorithm { object["alg"] = .string(name) }
    if let use = purpose.use { object["use"] = .string(use.rawValue) }
    return Secret(object)
  }

  /// The thumbprint (RFC 7638): as good as the key itself to whoever can guess that.
  public var thumbprints: JWKThumbprint { JWKThumbprint(of: required) }

  /// The same key, with its thumbprint for a `kid` if it has none.
  public var named: SecretJWK {
    var copy = self
    copy.keyID = keyID ?? thumbprints.text(.sha256)
    return copy
  }

  private var required: JSONObject {
    ["kty": "oct", "k": .string(Base64.url.encode(bytes.reveal()))]
  }
}
