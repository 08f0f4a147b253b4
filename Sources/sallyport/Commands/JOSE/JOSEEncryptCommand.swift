internal import Diagnostics
internal import JOSE

/// `jose encrypt`: from a content to a compact JWE.
enum JOSEEncryptCommand {
  static let command = Command(
    "jose encrypt", "Read a content on standard input, print it as a compact JWE",
    options: [
      Command.Option("--jwks", "FILE", "The recipient's keys: a JWK Set, a JWK, PEM, or a secret"),
      Command.Option("--kid", "ID", "Which key, where the file has several"),
      Command.Option("--alg", "ALG", "The key management, where the key leaves a choice"),
      Command.Option("--enc", "ENC", "The content encryption (default: A256GCM)"),
      Command.Option("--typ", "TYPE", "The header's typ"),
      Command.Option("--cty", "TYPE", "The header's cty: JWT for a signed token inside"),
      Command.Option("--password-file", "FILE", "Encrypt under a password instead of a key"),
    ]
  ) { arguments throws(CommandFailure) in
    let encrypt = try encrypter(arguments)
    let content = try FileInput.standard(limit: JOSESignCommand.limit)
    let text = try CommandFailure.explaining { () throws(JWEError) in try encrypt(content) }
    Terminal.say(String(decoding: text, as: UTF8.self))
  }

  private typealias Encrypt = ([UInt8]) throws(JWEError) -> [UInt8]

  private static func encrypter(_ arguments: Arguments) throws(CommandFailure) -> Encrypt {
    let enc =
      try arguments.algorithms("--enc", of: "jose encrypt", JWEContentEncryption.self)?.first
      ?? .a256GCM
    let fields = JWEHeaderFields(
      type: try arguments.value("--typ"), contentType: try arguments.value("--cty"))
    if let file = try arguments.value("--password-file") {
      let password = Secret(try FileInput.firstLine(of: file))
      let encrypter = try CommandFailure.explaining { () throws(JWEError) in
        try JWEPasswordEncrypter(password, .hs512A256KW, enc, header: fields)
      }
      return { (content) throws(JWEError) in try encrypter.encrypt(content) }
    }
    let encrypter = try encrypter(arguments, enc, fields)
    return { (content) throws(JWEError) in try encrypter.encrypt(content) }
  }

  private static func encrypter(
    _ arguments: Arguments, _ enc: JWEContentEncryption, _ fields: JWEHeaderFields
  ) throws(CommandFailure) -> JWEEncrypter {
    let path = try arguments.required("--jwks", of: "jose encrypt")
    let keyID = try arguments.value("--kid")
    switch try KeyFile.read(path, for: .encryption) {
    case .publicKeys(let keys):
      let key = try KeyFile.choose(keys, named: keyID, in: path, \.keyID)
      let alg = try arguments.algorithm("--alg", of: "jose encrypt", among: key.keyManagement)
      return try CommandFailure.explaining { () throws(JWEError) in
        try JWEEncrypter(to: key, alg, enc, header: fields)
      }
    case .secrets(let keys):
      let key = try KeyFile.choose(keys, named: keyID, in: path, \.keyID)
      let possible = key.keyManagement(enc)
      guard !possible.isEmpty else {
        throw .operation(
          "\(path): the key's length fits nothing with \(enc.rawValue); say another --enc")
      }
      let alg = try arguments.algorithm("--alg", of: "jose encrypt", among: possible)
      return try CommandFailure.explaining { () throws(JWEError) in
        try JWEEncrypter(sharing: key, alg, enc, header: fields)
      }
    case .privateKeys:
      throw .operation(
        "\(path): is a private key; encrypt to what 'sallyport jose jwks \(path)' prints")
    }
  }
}
