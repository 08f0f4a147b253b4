public import Cryptography
public import Diagnostics
public import JSON

/// A private signing key as a JSON Web Key.
public struct PrivateJWK: Sendable {
  /// The key.
  public let key: PrivateKey
  /// The public half, with the same `kid` and `alg`.
  public let publicHalf: JWK

  /// A private JWK of a key.
  public init(
    _ key: PrivateKey, keyID: String? = nil, algorithm: JWSAlgorithm? = nil
  ) throws(JOSEError) {
    self.key = key
    do {
      publicHalf = try JWK(key.publicKey(), keyID: keyID, algorithm: algorithm)
    } catch let error as JOSEError {
      throw error
    } catch let error as CryptographyError {
      throw .unfitKey(error)
    } catch {
      throw .malformedKey("key")
    }
  }

  /// Reads a private JWK, whose two halves must belong together.
  public init(_ object: JSONObject) throws(JOSEError) {
    let members = JWKMembers(object)
    let algorithm = try members.algorithm(operation: "sign")
    let half = try members.publicComponents()
    let secret = try members.privateComponents(half)
    let key: PrivateKey
    do {
      key = try PrivateKey(secret, public: half)
    } catch {
      throw .unfitKey(error)
    }
    try self.init(key, keyID: try members.optional("kid"), algorithm: algorithm)
  }

  /// The key as JSON with its private part: for a file that only its owner reads.
  public func json() throws(JOSEError) -> Secret<JSONObject> {
    var object = publicHalf.json
    func add(_ name: String, _ bytes: Secret<[UInt8]>) {
      object[name] = .string(Base64.url.encode(bytes.reveal()))
    }
    do {
      switch try key.components() {
      case .ec(let scalar): add("d", scalar)
      case .ed25519(let seed): add("d", seed)
      case .rsa(let numbers):
        add("d", numbers.exponent)
        add("p", numbers.prime1)
        add("q", numbers.prime2)
        add("dp", numbers.exponent1)
        add("dq", numbers.exponent2)
        add("qi", numbers.coefficient)
      }
    } catch {
      throw .unfitKey(error)
    }
    return Secret(object)
  }
}

extension JWKMembers {
  fileprivate func privateComponents(
    _ half: PublicKeyComponents
  ) throws(JOSEError) -> PrivateKeyComponents {
    switch half {
    case .ec: return .ec(Secret(try bytes("d")))
    case .ed25519: return .ed25519(Secret(try bytes("d")))
    case .rsa:
      return .rsa(
        RSAPrivateNumbers(
          exponent: Secret(try bytes("d")), prime1: Secret(try bytes("p")),
          prime2: Secret(try bytes("q")), exponent1: Secret(try bytes("dp")),
          exponent2: Secret(try bytes("dq")), coefficient: Secret(try bytes("qi"))))
    }
  }
}
