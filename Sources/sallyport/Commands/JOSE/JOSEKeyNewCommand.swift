internal import Cryptography
internal import Diagnostics
internal import JOSE
internal import JSON

/// `jose key-new`: a new private or secret key as a JWK, or as PEM.
enum JOSEKeyNewCommand {
  static let command = Command(
    "jose key-new", "Make a private or secret key and print it as a JWK",
    options: [
      Command.Option("--alg", "ALG", "What it is for: an algorithm of JWS or JWE"),
      Command.Option(
        "--type", "TYPE", "RSA, P-256, P-384, P-521, secp256k1, Ed25519, Ed448, X25519, X448, oct"),
      Command.Option("--bits", "N", "The size: RSA 2048 to 4096, oct 128 to 4096"),
      Command.Option("--kid", "ID", "Its kid (default: its thumbprint)"),
      Command.Option("--out", "FILE", "A new file for it, mode 0600 (default: standard output)"),
      Command.Option("--pem", nil, "Print PKCS #8 in PEM instead"),
    ]
  ) { arguments throws(CommandFailure) in
    let wish = try KeyWish(arguments)
    let text: [UInt8]
    do throws(JOSEError) {
      text = try wish.makeText()
    } catch .algorithm(let name) {
      throw .usage(
        "jose key-new: a key of that type is not for --alg \(name); leave one of them out")
    } catch {
      throw CommandFailure(error)
    }
    if let path = try arguments.value("--out") {
      try PrivateFile.create(path, text)
    } else {
      Terminal.say(String(decoding: text.dropLast(), as: UTF8.self))
    }
  }
}

/// The key that `key-new` is asked for.
private struct KeyWish {
  private enum Material {
    case pair(KeyType)
    case secret(bytes: Int)
  }

  private let material: Material
  private let algorithm: KeyAlgorithm?
  private let keyID: String?
  private let asPEM: Bool

  init(_ arguments: Arguments) throws(CommandFailure) {
    let name = try arguments.value("--alg")
    algorithm = try name.map { (name) throws(CommandFailure) in try KeyAlgorithm(name) }
    keyID = try arguments.value("--kid")
    asPEM = arguments.has("--pem")
    let bits = try arguments.value("--bits").map { (text) throws(CommandFailure) in
      guard let bits = Int(text), bits % 8 == 0, (128...4096).contains(bits) else {
        throw .usage("jose key-new: --bits \"\(text)\" is no size; say 2048, or 256 for oct")
      }
      return bits
    }
    guard let type = try arguments.value("--type") ?? algorithm?.usualType else {
      throw .usage("jose key-new: say --alg or --type; see 'sallyport jose key-new --help'")
    }
    if type == "oct" {
      material = .secret(bytes: bits.map { $0 / 8 } ?? algorithm?.secretLength ?? 32)
    } else {
      guard let known = KeyType.named(type, bits: bits ?? 2048) else {
        throw .usage(
          "jose key-new: --type \"\(type)\" is no type of key; see 'sallyport jose key-new --help'")
      }
      if case .rsa(let size) = known, size < 2048 {
        throw .usage("jose key-new: --bits \(size) is too weak for RSA; say 2048 to 4096")
      }
      if bits != nil, type != "RSA" {
        throw .usage("jose key-new: a key of type \(type) has one size; leave --bits out")
      }
      material = .pair(known)
    }
    if type == "oct", algorithm == nil {
      throw .usage("jose key-new: say what the secret is for: --alg HS256, A256KW, dir or another")
    }
    if case .secret = material, asPEM {
      throw .usage("jose key-new: a secret key has no PEM form; leave --pem out")
    }
  }

  /// The key's text with its line's end.
  func makeText() throws(JOSEError) -> [UInt8] {
    switch material {
    case .secret(let count): return line(try secret(Secret(Random.bytes(count))).json)
    case .pair(let type):
      do {
        let key = try PrivateKey.generate(type)
        guard !asPEM else { return try key.pem().reveal() }
        return line(try pair(key).json())
      } catch let error as JOSEError {
        throw error
      } catch let error as CryptographyError {
        throw .unfitKey(error)
      } catch {
        throw .malformedKey("key")
      }
    }
  }

  private func pair(_ key: PrivateKey) throws(JOSEError) -> PrivateJWK {
    switch algorithm {
    case .signature(let name)?: try PrivateJWK(key, keyID: keyID, algorithm: name).named
    case .encryption(let name)?:
      try PrivateJWK(key, keyID: keyID, encryptionAlgorithm: name.rawValue).named
    case nil:
      key.type.signatureLength == nil
        ? try PrivateJWK(key, keyID: keyID, encryptionAlgorithm: nil).named
        : try PrivateJWK(key, keyID: keyID).named
    }
  }

  private func secret(_ bytes: Secret<[UInt8]>) throws(JOSEError) -> SecretJWK {
    switch algorithm {
    case .signature(let name)?: try SecretJWK(bytes, keyID: keyID, algorithm: name).named
    case .encryption(let name)?:
      try SecretJWK(bytes, keyID: keyID, encryptionAlgorithm: name.rawValue).named
    case nil: throw .malformedKey("alg")
    }
  }

  private func line(_ key: Secret<JSONObject>) -> [UInt8] {
    key.reveal().serialized() + [UInt8(ascii: "\n")]
  }
}
