internal import Diagnostics
internal import JOSE

/// `jose decrypt`: from a compact JWE to its content, or the reason why not.
enum JOSEDecryptCommand {
  static let command = Command(
    "jose decrypt", "Read a compact JWE on standard input, decrypt it, print its content",
    options: [
      Command.Option("--jwks", "FILE", "The keys: private or secret JWK or set, or PEM"),
      Command.Option(
        "--alg", "A,B", "The key management to allow (default: what the keys are for)"),
      Command.Option("--enc", "E,F", "The content encryption to allow (default: any)"),
      Command.Option("--password-file", "FILE", "Decrypt under a password instead of a key"),
    ]
  ) { arguments throws(CommandFailure) in
    let allowed = JWEAllowance(
      keyManagement: try arguments.algorithms("--alg", of: "jose decrypt", JWEKeyManagement.self)
        ?? JWEKeyManagement.allCases,
      contentEncryption: try arguments.algorithms(
        "--enc", of: "jose decrypt", JWEContentEncryption.self)
        ?? JWEContentEncryption.allCases)
    if let file = try arguments.value("--password-file") {
      let password = Secret(try FileInput.firstLine(of: file))
      let text = try FileInput.line(limit: JOSEVerifyCommand.limit)
      Terminal.pour(
        try CommandFailure.explaining { () throws(JWEError) in
          try JWEPasswordDecrypter(password).decrypt(text)
        })
      return
    }
    let path = try arguments.required("--jwks", of: "jose decrypt")
    let keys = try KeyFile.read(path, for: .encryption)
    if case .publicKeys = keys {
      throw .operation("\(path): is a public key, which cannot decrypt; give the private key")
    }
    let text = try FileInput.line(limit: JOSEVerifyCommand.limit)
    Terminal.pour(
      try CommandFailure.explaining { () throws(JWEError) in try decrypt(text, keys, allowed) })
  }

  private static func decrypt(
    _ text: [UInt8], _ keys: JWKDocument, _ allowed: JWEAllowance
  ) throws(JWEError) -> [UInt8] {
    let limit = JOSEVerifyCommand.limit
    switch keys {
    case .privateKeys(let keys):
      return try DecryptedJWE(decrypting: text, with: keys, allowing: allowed, limit: limit)
        .plaintext
    case .secrets(let keys):
      return try DecryptedJWE(decrypting: text, withSecrets: keys, allowing: allowed, limit: limit)
        .plaintext
    case .publicKeys: throw .unknownKey
    }
  }
}
