internal import JOSE

/// `jose sign`: from a payload to a compact JWS.
enum JOSESignCommand {
  /// The most bytes of a payload.
  static let limit = 1_048_576

  static let command = Command(
    "jose sign", "Read a payload on standard input, print it as a compact JWS",
    options: [
      Command.Option("--key", "FILE", "The key: a private or secret JWK, or a PEM private key"),
      Command.Option("--kid", "ID", "Which key, where the file has several"),
      Command.Option("--alg", "ALG", "The algorithm, where the key leaves a choice"),
      Command.Option("--typ", "TYPE", "The header's typ"),
    ]
  ) { arguments throws(CommandFailure) in
    let signer = try signer(arguments)
    let payload = try FileInput.standard(limit: limit)
    do throws(JOSEError) {
      Terminal.say(String(decoding: try signer.sign(payload), as: UTF8.self))
    } catch {
      throw CommandFailure(error)
    }
  }

  private static func signer(_ arguments: Arguments) throws(CommandFailure) -> JWSSigner {
    let path = try arguments.required("--key", of: "jose sign")
    let keyID = try arguments.value("--kid")
    let type = try arguments.value("--typ")
    switch try KeyFile.read(path, for: .signature) {
    case .privateKeys(let keys):
      let key = try KeyFile.choose(keys, named: keyID, in: path, \.publicHalf.keyID)
      let algorithm = try algorithm(arguments, key.publicHalf.algorithms)
      return try made(path) { () throws(JOSEError) in
        try JWSSigner(key.named, algorithm, type: type)
      }
    case .secrets(let keys):
      let key = try KeyFile.choose(keys, named: keyID, in: path, \.keyID)
      let algorithm = try algorithm(arguments, key.algorithms)
      return try made(path) { () throws(JOSEError) in try JWSSigner(key, algorithm, type: type) }
    case .publicKeys:
      throw .operation("\(path): is a public key, which cannot sign; give the private key")
    }
  }

  private static func made(
    _ path: String, _ make: () throws(JOSEError) -> JWSSigner
  ) throws(CommandFailure) -> JWSSigner {
    do {
      return try make()
    } catch {
      throw CommandFailure(error, in: path)
    }
  }

  /// The algorithm that is asked for, or the only one that the key is for.
  private static func algorithm(
    _ arguments: Arguments, _ possible: [JWSAlgorithm]
  ) throws(CommandFailure) -> JWSAlgorithm {
    let names = possible.map(\.rawValue).joined(separator: ", ")
    guard let wanted = try arguments.value("--alg") else {
      guard let only = possible.first, possible.count == 1 else {
        throw .usage("jose sign: the key is for several algorithms; say --alg, one of: \(names)")
      }
      return only
    }
    guard let algorithm = JWSAlgorithm(rawValue: wanted), possible.contains(algorithm) else {
      throw .usage("jose sign: the key is not for --alg \"\(wanted)\"; say one of: \(names)")
    }
    return algorithm
  }
}
