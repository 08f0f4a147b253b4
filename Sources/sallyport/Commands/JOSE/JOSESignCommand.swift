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
    let text = try CommandFailure.explaining { () throws(JOSEError) in try signer.sign(payload) }
    Terminal.say(String(decoding: text, as: UTF8.self))
  }

  private static func signer(_ arguments: Arguments) throws(CommandFailure) -> JWSSigner {
    let path = try arguments.required("--key", of: "jose sign")
    let keyID = try arguments.value("--kid")
    let type = try arguments.value("--typ")
    switch try KeyFile.read(path, for: .signature) {
    case .privateKeys(let keys):
      let key = try KeyFile.choose(keys, named: keyID, in: path, \.publicHalf.keyID)
      let algorithm = try arguments.algorithm(
        "--alg", of: "jose sign", among: key.publicHalf.algorithms)
      return try CommandFailure.explaining(in: path) { () throws(JOSEError) in
        try JWSSigner(key.named, algorithm, type: type)
      }
    case .secrets(let keys):
      let key = try KeyFile.choose(keys, named: keyID, in: path, \.keyID)
      let algorithm = try arguments.algorithm("--alg", of: "jose sign", among: key.algorithms)
      return try CommandFailure.explaining(in: path) { () throws(JOSEError) in
        try JWSSigner(key, algorithm, type: type)
      }
    case .publicKeys:
      throw .operation("\(path): is a public key, which cannot sign; give the private key")
    }
  }
}
