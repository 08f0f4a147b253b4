internal import Cryptography
public import Diagnostics
internal import JSON

/// Encrypts files of one's own under a password; slow on purpose, so never on a loop.
public struct JWEPasswordEncrypter: Sendable {
  private let password: Secret<[UInt8]>
  private let algorithm: JWEPasswordAlgorithm
  private let contentEncryption: JWEContentEncryption
  private let iterations: UInt32
  private let header: JSONObject

  /// An encrypter; throws `headerParameter` for iterations that no decrypter here would take.
  public init(
    _ password: Secret<[UInt8]>, _ algorithm: JWEPasswordAlgorithm = .hs512A256KW,
    _ contentEncryption: JWEContentEncryption = .a256GCM,
    iterations: UInt32 = JWEPasswordAlgorithm.usualIterations,
    header: JWEHeaderFields = JWEHeaderFields()
  ) throws(JWEError) {
    guard JWEPasswordAlgorithm.iterations.contains(iterations) else {
      throw .headerParameter("p2c")
    }
    self.password = password
    self.algorithm = algorithm
    self.contentEncryption = contentEncryption
    self.iterations = iterations
    self.header = header.object(algorithm.rawValue, contentEncryption)
  }

  /// The encrypted text of a plaintext.
  public func encrypt(_ plaintext: [UInt8]) throws(JWEError) -> [UInt8] {
    let salt = Random.bytes(16)
    var header = header
    JWEKeyParameters(salt: salt, iterations: iterations).add(to: &header)
    do {
      let wrapping = try algorithm.wrappingKey(password, salt: salt, iterations: iterations)
      let key = Secret(Random.bytes(contentEncryption.keyLength))
      let content = JWERecipient.ContentKey(
        key: key, encryptedKey: try AESKeyWrap(key: wrapping).wrap(key))
      return try JWEText.seal(
        plaintext, contentEncryption, content, header: JWEText.encoded(header))
    } catch {
      throw .encryption(error)
    }
  }
}
