import JOSE
import JSON

/// JOSE's own sets, through what `sallyport jose` is made of.
enum JOSEChecks {
  private static func keys(_ each: VectorCase, _ name: String, _ use: JWKUse) throws -> JWKDocument
  {
    try JWKDocument(parsing: try each.object(name).serialized(), for: use)
  }

  /// What arrives: a compact text, or an object in one of the JSON serialisations.
  private static func text(_ each: VectorCase, _ name: String) throws -> [UInt8] {
    guard let value = each.test[name] else { throw VectorCase.Malformed(member: name) }
    return value.string.map { Array($0.utf8) } ?? value.serialized()
  }

  /// A signed object under the group's public keys, or its secret ones.
  static func signature(_ each: VectorCase) throws {
    let name = each.group["public"] == nil ? "private" : "public"
    let text = try text(each, "jws")
    let algorithms = JWSAlgorithm.allCases
    switch try keys(each, name, .signature) {
    case .publicKeys(let keys):
      _ = try VerifiedJWS(verifying: text, with: JWKSet(keys), algorithms: algorithms)
    case .secrets(let keys):
      _ = try VerifiedJWS(verifying: text, withSecrets: keys, algorithms: algorithms)
    case .privateKeys: throw JOSEError.privateKey
    }
  }

  /// An encrypted object under the group's private or secret keys.
  static func encryption(_ each: VectorCase) throws {
    let text = try text(each, "jwe")
    let content: [UInt8]
    switch try keys(each, "private", .encryption) {
    case .privateKeys(let keys):
      content = try DecryptedJWE(decrypting: text, with: keys, allowing: JWEAllowance()).plaintext
    case .secrets(let keys):
      content =
        try DecryptedJWE(decrypting: text, withSecrets: keys, allowing: JWEAllowance()).plaintext
    case .publicKeys: throw JWEError.unknownKey
    }
    if each.test["pt"] != nil, try each.bytes("pt") != content { throw WrongResult() }
  }

  /// A set that has both.
  static func either(_ each: VectorCase) throws {
    try each.test["jws"] == nil ? encryption(each) : signature(each)
  }
}
