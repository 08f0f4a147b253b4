internal import JOSE
internal import JSON

/// `jose jwks`: the public halves of keys, as the set that others are given.
enum JOSEJWKSCommand {
  static let command = Command(
    "jose jwks", operands: "[FILE...]", mostPositional: JWKSet.limit,
    "Print the public JWK Set of keys in files, or on standard input",
    options: []
  ) { arguments throws(CommandFailure) in
    var keys: [JWK] = []
    if arguments.positional.isEmpty {
      let bytes = try FileInput.standard(limit: JWKSet.byteLimit)
      let name = "standard input"
      keys += try publicHalves(KeyFile.parse(bytes, named: name, for: nil), in: name)
    }
    for path in arguments.positional {
      keys += try publicHalves(KeyFile.read(path, for: nil), in: path)
    }
    let set = try CommandFailure.explaining { () throws(JOSEError) in
      try JWKSet(keys.map(\.named))
    }
    Terminal.say(String(decoding: set.json.serialized(), as: UTF8.self))
  }

  private static func publicHalves(
    _ document: JWKDocument, in path: String
  ) throws(CommandFailure) -> [JWK] {
    switch document {
    case .publicKeys(let keys): return keys
    case .privateKeys(let keys): return keys.map(\.publicHalf)
    case .secrets:
      throw .operation(
        "\(path): is a secret key, which has no public half; give it only to whom it is shared with"
      )
    }
  }
}
