internal import Cryptography
internal import Diagnostics
internal import JSON

/// The members of a JWK, read strictly.
struct JWKMembers {
  private let object: JSONObject

  init(_ object: JSONObject) { self.object = object }

  /// Whether it is a symmetric key (RFC 7518 6.4).
  var isSymmetric: Bool { object["kty"]?.string == "oct" || object["k"] != nil }

  /// Whether there is any member that only a private or symmetric key has (RFC 7518 6.2.2, 6.3.2,
  /// 6.4.1).
  var hasPrivatePart: Bool {
    isSymmetric
      || ["d", "p", "q", "dp", "dq", "qi", "oth"].contains { object[$0] != nil }
  }

  /// A member that must be a string if it is there.
  func optional(_ name: String) throws(JOSEError) -> String? {
    guard let value = object[name] else { return nil }
    guard let text = value.string else { throw .malformedKey(name) }
    return text
  }

  /// A member that must be an array of strings if it is there.
  func optionalTexts(_ name: String) throws(JOSEError) -> [String]? {
    guard let value = object[name] else { return nil }
    guard let elements = value.array else { throw .malformedKey(name) }
    let texts = elements.compactMap(\.string)
    guard texts.count == elements.count else { throw .malformedKey(name) }
    return texts
  }

  /// A member that must be there and be a string.
  func required(_ name: String) throws(JOSEError) -> String {
    guard let text = try optional(name) else { throw .malformedKey(name) }
    return text
  }

  /// A member that must be there and be canonical base64url.
  func bytes(_ name: String) throws(JOSEError) -> [UInt8] {
    guard let bytes = Base64.url.decode(try required(name)) else { throw .malformedKey(name) }
    return bytes
  }

  /// A member of a private half.
  func secret(_ name: String) throws(JOSEError) -> Secret<[UInt8]> { Secret(try bytes(name)) }

  /// The numbers of the public half of a key that is wanted for a use, or for any.
  func publicComponents(for use: JWKUse?) throws(JOSEError) -> PublicKeyComponents {
    let type = try required("kty")
    switch type {
    case "EC":
      let name = try required("crv")
      guard let curve = EllipticCurve.allCases.first(where: { $0.jwkName == name }) else {
        throw .unsupportedKey(name)
      }
      return .ec(curve, x: try bytes("x"), y: try bytes("y"))
    case "RSA": return .rsa(modulus: try bytes("n"), exponent: try bytes("e"))
    case "OKP":
      let name = try required("crv")
      guard let curve = OctetCurve.allCases.first(where: { $0.jwkName == name }) else {
        throw .unsupportedKey(name)
      }
      // Before its bytes are looked at: what is of no use here may be as wrong as it likes.
      guard use == nil || (use == .signature) == (curve.signatureLength != nil) else {
        throw .unsupportedKey(name)
      }
      return .octet(curve, try bytes("x"))
    default: throw .unsupportedKey(type)
    }
  }

  /// The numbers of the private half that belongs to a public one.
  func privateComponents(_ half: PublicKeyComponents) throws(JOSEError) -> PrivateKeyComponents {
    switch half {
    case .ec: return .ec(try secret("d"))
    case .octet: return .octet(try secret("d"))
    case .rsa:
      // More than two primes: nobody makes such keys, and half read they would sign wrongly.
      guard object["oth"] == nil else { throw .unsupportedKey("oth") }
      return .rsa(
        RSAPrivateNumbers(
          exponent: try secret("d"), prime1: try secret("p"), prime2: try secret("q"),
          exponent1: try secret("dp"), exponent2: try secret("dq"),
          coefficient: try secret("qi")))
    }
  }
}

extension EllipticCurve {
  /// The value of `crv` (RFC 7518 6.2.1.1, RFC 8812 3.1).
  var jwkName: String {
    switch self {
    case .p256: "P-256"
    case .p384: "P-384"
    case .p521: "P-521"
    case .secp256k1: "secp256k1"
    }
  }
}

extension OctetCurve {
  /// The value of `crv` (RFC 8037 2).
  var jwkName: String {
    switch self {
    case .ed25519: "Ed25519"
    case .ed448: "Ed448"
    case .x25519: "X25519"
    case .x448: "X448"
    }
  }
}
