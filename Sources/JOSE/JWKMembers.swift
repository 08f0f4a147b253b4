internal import Cryptography
internal import JSON

/// The members of a JWK, read strictly.
struct JWKMembers {
  private let object: JSONObject

  init(_ object: JSONObject) { self.object = object }

  /// Whether there is any member that only a private or symmetric key has (RFC 7518 6.2.2, 6.3.2,
  /// 6.4.1).
  var hasPrivatePart: Bool {
    ["d", "p", "q", "dp", "dq", "qi", "oth", "k"].contains { object[$0] != nil }
      || object["kty"]?.string == "oct"
  }

  /// A member that must be a string if it is there.
  func optional(_ name: String) throws(JOSEError) -> String? {
    guard let value = object[name] else { return nil }
    guard let text = value.string else { throw .malformedKey(name) }
    return text
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

  /// The numbers of the public half.
  func publicComponents() throws(JOSEError) -> PublicKeyComponents {
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
      guard name == "Ed25519" else { throw .unsupportedKey(name) }
      return .ed25519(try bytes("x"))
    default: throw .unsupportedKey(type)
    }
  }

  /// The key's own algorithm, if it is for signatures at all and says which.
  func algorithm(operation: String) throws(JOSEError) -> JWSAlgorithm? {
    if let use = try optional("use"), use != "sig" { throw .unsupportedKey("use \(use)") }
    try check(operation: operation)
    guard let name = try optional("alg") else { return nil }
    guard let algorithm = JWSAlgorithm(rawValue: name) else { throw .unsupportedKey(name) }
    return algorithm
  }

  /// `key_ops`, if there, must name the operation (RFC 7517 4.3).
  private func check(operation: String) throws(JOSEError) {
    guard let value = object["key_ops"] else { return }
    guard let operations = value.array else { throw .malformedKey("key_ops") }
    for each in operations where each.string == nil { throw .malformedKey("key_ops") }
    guard operations.contains(where: { $0.string == operation }) else {
      throw .unsupportedKey("key_ops")
    }
  }
}
