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
    let allowed = Allowed(
      alg: try arguments.algorithms("--alg", of: "jose decrypt", JWEKeyManagement.self)
        ?? JWEKeyManagement.allCases,
      enc: try arguments.algorithms("--enc", of: "jose decrypt", JWEContentEncryption.self)
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

  /// What the caller allows; a key's own `alg` narrows it further.
  private struct Allowed {
    let alg: [JWEKeyManagement]
    let enc: [JWEContentEncryption]
  }

  /// Tries the key that the header names, or each that may be used with its algorithms.
  private static func decrypt(
    _ text: [UInt8], _ keys: JWKDocument, _ allowed: Allowed
  ) throws(JWEError) -> [UInt8] {
    let parts = try CompactJWE(splitting: text.span, limit: JOSEVerifyCommand.limit)
    let header = try JWEHeader(decoding: text.span.extracting(parts.header))
    guard allowed.alg.contains(header.keyManagement) else {
      throw .algorithm(header.keyManagement.rawValue)
    }
    guard allowed.enc.contains(header.contentEncryption) else {
      throw .contentEncryption(header.contentEncryption.rawValue)
    }
    let candidates = try decrypters(keys, header)
    guard !candidates.isEmpty else { throw .unknownKey }
    for candidate in candidates {
      do throws(JWEError) {
        return try candidate.decrypt(text.span, parts, header)
      } catch {
        guard error == .decryption else { throw error }
      }
    }
    throw .decryption
  }

  private static func decrypters(
    _ keys: JWKDocument, _ header: JWEHeader
  ) throws(JWEError) -> [JWEDecrypter] {
    let (alg, enc) = (header.keyManagement, header.contentEncryption)
    var decrypters: [JWEDecrypter] = []
    switch keys {
    case .publicKeys: break
    case .privateKeys(let keys):
      for key in keys
      where isNamed(key.publicHalf.keyID, header, keys.count)
        && key.publicHalf.keyManagement.contains(alg)
      {
        decrypters.append(
          try JWEDecrypter(key, keyManagement: [alg], contentEncryption: [enc]))
      }
    case .secrets(let keys):
      for key in keys
      where isNamed(key.keyID, header, keys.count) && key.keyManagement(enc).contains(alg) {
        decrypters.append(
          try JWEDecrypter(sharing: key, keyManagement: [alg], contentEncryption: [enc]))
      }
    }
    return decrypters
  }

  private static func isNamed(_ keyID: String?, _ header: JWEHeader, _ count: Int) -> Bool {
    guard let wanted = header.keyID else { return true }
    guard let keyID else { return count == 1 }
    return keyID.utf8.elementsEqual(wanted.utf8)
  }
}
