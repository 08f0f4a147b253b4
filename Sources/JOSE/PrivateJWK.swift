public import Cryptography
public import Diagnostics
public import JSON

/// A private key as a JSON Web Key: for signing, or for decrypting.
public struct PrivateJWK: Sendable {
  /// The key.
  public let key: PrivateKey
  /// The public half, with the same `kid`, use and `alg`.
  public private(set) var publicHalf: JWK

  /// A private JWK for signing.
  public init(
    _ key: PrivateKey, keyID: String? = nil, algorithm: JWSAlgorithm? = nil
  ) throws(JOSEError) {
    try self.init(
      key, keyID: keyID, JWKPurpose(use: .signature, algorithm: algorithm?.rawValue))
  }

  /// A private JWK for decrypting, with the algorithm of JWE that it is for.
  public init(
    _ key: PrivateKey, keyID: String? = nil, encryptionAlgorithm: String?
  ) throws(JOSEError) {
    try self.init(key, keyID: keyID, JWKPurpose(use: .encryption, algorithm: encryptionAlgorithm))
  }

  /// Reads a private JWK, wanted for a use or for any; its two halves must belong together.
  public init(_ object: JSONObject, for use: JWKUse? = .signature) throws(JOSEError) {
    let members = JWKMembers(object)
    let purpose = try JWKPurpose(members, .privateHalf, for: use)
    let half = try members.publicComponents(for: use)
    let secret = try members.privateComponents(half)
    let key: PrivateKey
    do {
      key = try PrivateKey(secret, public: half)
    } catch {
      throw .unfitKey(error)
    }
    try self.init(key, keyID: try members.optional("kid"), purpose)
  }

  init(
    _ key: PrivateKey, keyID: String?, _ purpose: JWKPurpose
  ) throws(JOSEError) {
    self.key = key
    let half: PublicKey
    do {
      half = try key.publicKey()
    } catch {
      throw .unfitKey(error)
    }
    publicHalf = try JWK(half, keyID: keyID, purpose)
  }

  /// The same key, with its thumbprint for a `kid` if it has none.
  public var named: PrivateJWK {
    var copy = self
    copy.publicHalf = publicHalf.named
    return copy
  }

  /// The key as JSON with its private part: for a file that only its owner reads.
  public func json() throws(JOSEError) -> Secret<JSONObject> {
    var object = publicHalf.json
    func add(_ name: String, _ bytes: Secret<[UInt8]>) {
      object[name] = .string(Base64.url.encode(bytes.reveal()))
    }
    do {
      switch try key.components() {
      case .ec(let scalar): add("d", scalar)
      case .octet(let secret): add("d", secret)
      case .rsa(let numbers):
        add("d", numbers.exponent)
        add("p", numbers.prime1)
        add("q", numbers.prime2)
        add("dp", numbers.exponent1)
        add("dq", numbers.exponent2)
        add("qi", numbers.coefficient)
      }
    } catch {
      throw .unfitKey(error)
    }
    return Secret(object)
  }
}
