internal import JSON

/// What a JWK says that it is for: `use`, `key_ops` and `alg` taken together.
struct JWKPurpose: Sendable {
  /// What it is for; nil if the key says nothing of it.
  let use: JWKUse?
  /// The name of the only algorithm that it may be used with, of JWS or JWE.
  let algorithm: String?
  /// What may be done with it; nil if the key does not say.
  let operations: Set<JWKOperation>?

  /// The algorithm, if it is one of JWS.
  var signatureAlgorithm: JWSAlgorithm? { algorithm.flatMap(JWSAlgorithm.init(rawValue:)) }

  /// A purpose that our own code states.
  init(use: JWKUse?, algorithm: String?) {
    self.use = use
    self.algorithm = algorithm
    operations = nil
  }

  /// Reads the purpose of a key that is wanted for a use, or for any.
  ///
  /// Throws `unsupportedKey` for a key that is for something else, and `ambiguousKey` for one whose
  /// members contradict each other: whatever it was meant for, one reader would get it wrong.
  init(_ members: JWKMembers, _ part: JWKPart, for wanted: JWKUse?) throws(JOSEError) {
    let named = try members.use()
    let operations = try members.operations()
    algorithm = try members.optional("alg")
    let isSignature = algorithm.map { JWSAlgorithm(rawValue: $0) != nil } ?? false
    var uses = Set((operations ?? []).map(\.use))
    if let named { uses.insert(named) }
    if isSignature { uses.insert(.signature) }
    guard uses.count <= 1 else { throw .ambiguousKey("use, key_ops and alg disagree") }
    if let wanted {
      if let use = uses.first, use != wanted { throw .unsupportedKey("use \(use.rawValue)") }
      if wanted == .signature, let algorithm, !isSignature { throw .unsupportedKey(algorithm) }
      // A public key for key agreement has no operation of its own: its list may be empty.
      if let operations, !operations.isEmpty || wanted == .signature,
        operations.isDisjoint(with: part.operations(wanted))
      {
        throw .unsupportedKey("key_ops")
      }
    }
    use = wanted ?? uses.first
    self.operations = operations
  }

  /// The algorithms of JWS that a key pair of this purpose may be used with.
  func algorithms(fitting candidates: [JWSAlgorithm]) -> [JWSAlgorithm] {
    guard use != .encryption else { return [] }
    guard let algorithm else { return candidates }
    return candidates.filter { $0.rawValue == algorithm }
  }
}

extension JWKMembers {
  fileprivate func use() throws(JOSEError) -> JWKUse? {
    guard let name = try optional("use") else { return nil }
    guard let use = JWKUse(rawValue: name) else { throw .unsupportedKey("use \(name)") }
    return use
  }

  /// The known operations of `key_ops`: "Duplicate key operation values MUST NOT be present".
  fileprivate func operations() throws(JOSEError) -> Set<JWKOperation>? {
    guard let names = try optionalTexts("key_ops") else { return nil }
    guard Set(names).count == names.count else { throw .malformedKey("key_ops") }
    return Set(names.compactMap(JWKOperation.init(rawValue:)))
  }
}
