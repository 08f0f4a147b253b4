public import Cryptography
public import JSON

/// A public key for verifying signatures, as a JSON Web Key (RFC 7517).
public struct JWK: Sendable {
  /// The key, strong and on its curve.
  public let key: PublicKey
  /// The `kid`, if it has one.
  public let keyID: String?
  /// The only algorithm that it may be used with, if it says so.
  public let algorithm: JWSAlgorithm?

  private let components: PublicKeyComponents

  /// A JWK of a key; throws `algorithm` if the algorithm is not one for its type.
  public init(
    _ key: PublicKey, keyID: String? = nil, algorithm: JWSAlgorithm? = nil
  ) throws(JOSEError) {
    if let algorithm, !algorithm.fits(key.type) { throw .algorithm(algorithm.rawValue) }
    do {
      components = try key.components()
    } catch {
      throw .unfitKey(error)
    }
    self.key = key
    self.keyID = keyID
    self.algorithm = algorithm
  }

  /// Reads a public JWK.
  ///
  /// Throws `privateKey` if it has a private part, `unsupportedKey` if it is of another type or
  /// for another use, `unfitKey` if its numbers are refused.
  public init(_ object: JSONObject) throws(JOSEError) {
    let members = JWKMembers(object)
    guard !members.hasPrivatePart else { throw .privateKey }
    let algorithm = try members.algorithm(operation: "verify")
    do {
      try self.init(
        PublicKey(try members.publicComponents()), keyID: try members.optional("kid"),
        algorithm: algorithm)
    } catch let error as JOSEError {
      throw error
    } catch let error as CryptographyError {
      throw .unfitKey(error)
    } catch {
      throw .malformedKey("key")
    }
  }

  /// The algorithms that the key may be used with.
  public var algorithms: [JWSAlgorithm] {
    if let algorithm { return [algorithm] }
    return JWSAlgorithm.allCases.filter { $0.fits(key.type) }
  }

  /// The key as JSON, its members in the order of RFC 7517's examples.
  public var json: JSONObject {
    var object = components.json
    if let keyID { object["kid"] = .string(keyID) }
    if let algorithm { object["alg"] = .string(algorithm.rawValue) }
    object["use"] = "sig"
    return object
  }

  /// The SHA-256 thumbprint in base64url (RFC 7638); our keys carry it as `kid`.
  public var thumbprint: String {
    // The required members only, in lexicographic order, without white space.
    let required = components.json.members.sorted { $0.name < $1.name }
    let text = JSONValue.object(JSONObject(required.map { ($0.name, $0.value) })).serialized()
    return Base64.url.encode(SHA256.digest(text).bytes)
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
    case .ed25519(let bytes): return ["kty": "OKP", "crv": "Ed25519", "x": text(bytes)]
    }
  }
}

extension EllipticCurve {
  /// The value of `crv` (RFC 7518 6.2.1.1).
  var jwkName: String {
    switch self {
    case .p256: "P-256"
    case .p384: "P-384"
    }
  }
}
