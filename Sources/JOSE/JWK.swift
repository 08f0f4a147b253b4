public import Cryptography
public import JSON

/// A public key as a JSON Web Key (RFC 7517): for verifying signatures, or for encrypting to.
public struct JWK: Sendable {
  /// The key, strong and on its curve.
  public let key: PublicKey
  /// The `kid`, if it has one.
  public private(set) var keyID: String?
  /// The algorithms of JWS that it may be used with; none if it is for encryption.
  public let algorithms: [JWSAlgorithm]

  private let purpose: JWKPurpose
  private let components: PublicKeyComponents

  /// A JWK for verifying signatures; throws `algorithm` if the algorithm is not one for its type.
  public init(
    _ key: PublicKey, keyID: String? = nil, algorithm: JWSAlgorithm? = nil
  ) throws(JOSEError) {
    try self.init(
      key, keyID: keyID, JWKPurpose(use: .signature, algorithm: algorithm?.rawValue))
  }

  /// A JWK for encrypting to, with the algorithm of JWE that it is for.
  public init(
    _ key: PublicKey, keyID: String? = nil, encryptionAlgorithm: String?
  ) throws(JOSEError) {
    try self.init(key, keyID: keyID, JWKPurpose(use: .encryption, algorithm: encryptionAlgorithm))
  }

  /// Reads a public JWK that is wanted for a use, or for any if that is nil.
  ///
  /// Throws `privateKey` if it has a private part, `unsupportedKey` if it is of another type or
  /// for another use, `unfitKey` if its numbers are refused.
  public init(_ object: JSONObject, for use: JWKUse? = .signature) throws(JOSEError) {
    let members = JWKMembers(object)
    guard !members.hasPrivatePart else { throw .privateKey }
    let purpose = try JWKPurpose(members, .publicHalf, for: use)
    let components = try members.publicComponents(for: use)
    let key: PublicKey
    do {
      key = try PublicKey(components)
    } catch {
      throw .unfitKey(error)
    }
    try self.init(key, keyID: try members.optional("kid"), purpose)
  }

  init(_ key: PublicKey, keyID: String?, _ purpose: JWKPurpose) throws(JOSEError) {
    do {
      components = try key.components()
    } catch {
      throw .unfitKey(error)
    }
    let fitting = JWSAlgorithm.asymmetric.filter { $0.fits(key.type) }
    algorithms = purpose.algorithms(fitting: fitting)
    if purpose.use == .signature && algorithms.isEmpty {
      throw fitting.isEmpty
        ? .unsupportedKey(components.typeName) : .algorithm(purpose.algorithm ?? "")
    }
    self.key = key
    self.keyID = keyID
    self.purpose = purpose
  }

  /// What it is for; nil if it does not say.
  public var use: JWKUse? { purpose.use }

  /// The only algorithm of JWS that it may be used with, if it says so.
  public var algorithm: JWSAlgorithm? { purpose.signatureAlgorithm }

  /// The name of the only algorithm, of JWS or JWE, that it may be used with, if it says so.
  public var algorithmName: String? { purpose.algorithm }

  /// The key as JSON, its members in the order of RFC 7517's examples.
  public var json: JSONObject {
    var object = components.json
    if let keyID { object["kid"] = .string(keyID) }
    if let name = purpose.algorithm { object["alg"] = .string(name) }
    if let use = purpose.use { object["use"] = .string(use.rawValue) }
    return object
  }

  /// The thumbprint (RFC 7638); our keys carry its SHA-256 text as `kid`.
  public var thumbprints: JWKThumbprint { JWKThumbprint(of: components.json) }

  /// The SHA-256 thumbprint in base64url.
  public var thumbprint: String { thumbprints.text(.sha256) }

  /// The same key, with its thumbprint for a `kid` if it has none.
  public var named: JWK {
    var copy = self
    copy.keyID = keyID ?? thumbprint
    return copy
  }
}

extension PublicKeyComponents {
  /// The members that make the key (RFC 7518 6.2.1, 6.3.1; RFC 8037 2).
  var json: JSONObject {
    func text(_ bytes: [UInt8]) -> JSONValue { .string(Base64.url.encode(bytes)) }
    switch self {
    case .ec(let curve, let x, let y):
      return ["kty": "EC", "crv": .string(curve.jwkName), "x": text(x), "y": text(y)]
    case .rsa(let modulus, let exponent):
      return ["kty": "RSA", "n": text(modulus), "e": text(exponent)]
    case .octet(let curve, let bytes):
      return ["kty": "OKP", "crv": .string(curve.jwkName), "x": text(bytes)]
    }
  }

  /// The curve or type, for messages.
  fileprivate var typeName: String {
    switch self {
    case .ec(let curve, _, _): curve.jwkName
    case .rsa: "RSA"
    case .octet(let curve, _): curve.jwkName
    }
  }
}
