internal import Cryptography
internal import JSON

/// Makes compact JWS with one key, one algorithm and one `typ`.
///
/// Safe from any thread. The header is encoded once; a signature reuses its context.
public final class JWSSigner: Sendable {
  private enum Work {
    case signature(SignerPool)
    case mac(HMAC)

    func sign(_ text: [UInt8]) throws(CryptographyError) -> [UInt8] {
      switch self {
      case .signature(let pool): try pool.sign(text.span)
      case .mac(let mac): mac.tag(text.span)
      }
    }
  }

  /// The `kid` that the header names.
  public let keyID: String?
  /// The algorithm that the header names.
  public let algorithm: JWSAlgorithm
  private let work: Work
  /// The encoded header and its dot.
  private let prefix: [UInt8]

  /// A signer; throws `algorithm` if the key may not be used with it.
  public convenience init(
    _ key: PrivateJWK, _ algorithm: JWSAlgorithm, type: String? = nil
  ) throws(JOSEError) {
    guard key.publicHalf.algorithms.contains(algorithm), let scheme = algorithm.scheme else {
      throw .algorithm(algorithm.rawValue)
    }
    let pool: SignerPool
    do {
      pool = try SignerPool(key.key, scheme)
    } catch {
      throw .unfitKey(error)
    }
    self.init(.signature(pool), algorithm, type, key.publicHalf.keyID)
  }

  /// A maker of MACs; throws `algorithm` if the key may not be used with it.
  public convenience init(
    _ key: SecretJWK, _ algorithm: JWSAlgorithm, type: String? = nil
  ) throws(JOSEError) {
    guard key.maySign, key.algorithms.contains(algorithm), let digest = algorithm.macDigest
    else { throw .algorithm(algorithm.rawValue) }
    self.init(.mac(HMAC(digest, key: key.bytes)), algorithm, type, key.keyID)
  }

  private init(_ work: Work, _ algorithm: JWSAlgorithm, _ type: String?, _ keyID: String?) {
    self.work = work
    self.algorithm = algorithm
    self.keyID = keyID
    var header: JSONObject = ["alg": .string(algorithm.rawValue)]
    if let type { header["typ"] = .string(type) }
    if let keyID { header["kid"] = .string(keyID) }
    var prefix: [UInt8] = []
    Base64.url.append(JSONValue.object(header).serialized().span, to: &prefix)
    prefix.append(UInt8(ascii: "."))
    self.prefix = prefix
  }

  /// The signed text of a payload.
  public func sign(_ payload: [UInt8]) throws(JOSEError) -> [UInt8] {
    var text: [UInt8] = []
    // RSA's with 4096 bits; a longer one makes the text grow once more.
    let longSignature = 684
    text.reserveCapacity(
      prefix.count + Base64.url.encodedLength(payload.count) + 1 + longSignature)
    text.append(contentsOf: prefix)
    Base64.url.append(payload.span, to: &text)
    let signature: [UInt8]
    do {
      signature = try work.sign(text)
    } catch {
      throw .signing(error)
    }
    text.append(UInt8(ascii: "."))
    Base64.url.append(signature.span, to: &text)
    return text
  }
}
