internal import Cryptography
internal import JSON

/// Makes compact JWS with one key, one algorithm and one `typ`.
///
/// Safe from any thread. The header is encoded once; a signature reuses its context.
public final class JWSSigner: Sendable {
  /// The `kid` that the header names.
  public let keyID: String?
  /// The algorithm that the header names.
  public let algorithm: JWSAlgorithm
  private let pool: SignerPool
  /// The encoded header and its dot.
  private let prefix: [UInt8]

  /// A signer; throws `algorithm` if the key may not be used with it.
  public init(
    _ key: PrivateJWK, _ algorithm: JWSAlgorithm, type: String? = nil
  ) throws(JOSEError) {
    guard key.publicHalf.algorithms.contains(algorithm) else {
      throw .algorithm(algorithm.rawValue)
    }
    do {
      pool = try SignerPool(key.key, algorithm.scheme)
    } catch {
      throw .unfitKey(error)
    }
    keyID = key.publicHalf.keyID
    self.algorithm = algorithm
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
    let longestSignature = 684
    text.reserveCapacity(
      prefix.count + Base64.url.encodedLength(payload.count) + 1 + longestSignature)
    text.append(contentsOf: prefix)
    Base64.url.append(payload.span, to: &text)
    let signature: [UInt8]
    do {
      signature = try pool.sign(text.span)
    } catch {
      throw .signing(error)
    }
    text.append(UInt8(ascii: "."))
    Base64.url.append(signature.span, to: &text)
    return text
  }
}
