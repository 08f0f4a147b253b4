internal import Diagnostics
internal import JOSE

/// `jose verify`: from a compact JWS to its payload, or the reason why not.
enum JOSEVerifyCommand {
  /// The most bytes of a token.
  static let limit = 2_097_152

  static let command = Command(
    "jose verify", "Read a compact JWS on standard input, check it, print its payload",
    options: [
      Command.Option("--jwks", "FILE", "The keys: a JWK Set, a JWK or a PEM public key"),
      Command.Option(
        "--alg", "A,B", "The algorithms to allow (default: those that the keys are for)"),
      Command.Option("--claims", nil, "The payload is a JWT: check exp, nbf and iat too"),
      Command.Option("--issuer", "ISS", "… and that iss is this"),
      Command.Option("--audience", "AUD", "… and that aud names this"),
      Command.Option("--typ", "TYPE", "… and that typ names this media type"),
      Command.Option("--require", "A,B", "… and that these claims are there"),
      Command.Option("--leeway", "SECONDS", "… and let exp and nbf be missed by so much"),
    ]
  ) { arguments throws(CommandFailure) in
    let path = try arguments.required("--jwks", of: "jose verify")
    let algorithms = try arguments.algorithms("--alg", of: "jose verify", JWSAlgorithm.self)
    let rules = try rules(arguments)
    let keys = try KeyFile.read(path, for: .signature)
    if case .privateKeys = keys {
      throw .operation(
        "\(path): is a private key; verify with what 'sallyport jose jwks \(path)' prints")
    }
    let text = try FileInput.line(limit: limit)
    let payload = try CommandFailure.explaining { () throws(JOSEError) in
      let verified = try verify(text, keys, algorithms ?? JWSAlgorithm.allCases)
      try rules?.check(
        verified.header, try JWTClaims(parsing: verified.payload), at: Clock.system.now())
      return verified.payload
    }
    Terminal.pour(payload)
  }

  private static func verify(
    _ text: [UInt8], _ keys: JWKDocument, _ algorithms: [JWSAlgorithm]
  ) throws(JOSEError) -> VerifiedJWS {
    switch keys {
    case .publicKeys(let keys):
      try VerifiedJWS(
        verifying: text, with: try JWKSet(keys), algorithms: algorithms, limit: limit)
    case .secrets(let keys):
      try VerifiedJWS(verifying: text, withSecrets: keys, algorithms: algorithms, limit: limit)
    case .privateKeys: throw .privateKey
    }
  }

  /// The rules for claims, if any option asks for that.
  private static func rules(_ arguments: Arguments) throws(CommandFailure) -> JWTRules? {
    var rules = JWTRules()
    rules.issuer = try arguments.value("--issuer")
    rules.audience = try arguments.value("--audience")
    rules.type = try arguments.value("--typ")
    let required = try arguments.value("--require")
    rules.required = required.map { $0.split(separator: ",").map(String.init) } ?? []
    let leeway = try arguments.value("--leeway")
    if let leeway {
      guard let seconds = Int64(leeway), (0...86_400).contains(seconds) else {
        throw .usage("jose verify: --leeway \"\(leeway)\" is no count of seconds, 0 to 86400")
      }
      rules.leeway = .seconds(seconds)
    }
    let asked = [rules.issuer, rules.audience, rules.type, required, leeway].contains { $0 != nil }
    return asked || arguments.has("--claims") ? rules : nil
  }
}
