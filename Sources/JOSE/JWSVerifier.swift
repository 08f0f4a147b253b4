internal import Cryptography

/// Checks compact JWS under one key by one algorithm, keeping the signature context.
///
/// Not for two threads at once: each event loop owns its own.
public final class JWSVerifier {
  private enum Work {
    case signature(SignatureVerifier)
    case mac(HMAC)
  }

  /// The algorithm; a header that names another is refused before any arithmetic.
  public let algorithm: JWSAlgorithm
  private let work: Work

  /// A verifier; throws `algorithm` if the key may not be used with it.
  public init(_ key: JWK, _ algorithm: JWSAlgorithm) throws(JOSEError) {
    guard key.algorithms.contains(algorithm), let scheme = algorithm.scheme else {
      throw .algorithm(algorithm.rawValue)
    }
    self.algorithm = algorithm
    do {
      work = .signature(try SignatureVerifier(key.key, scheme))
    } catch {
      throw .unfitKey(error)
    }
  }

  /// A verifier of MACs; throws `algorithm` if the key may not be used with it.
  public init(_ key: SecretJWK, _ algorithm: JWSAlgorithm) throws(JOSEError) {
    guard key.mayVerify, key.algorithms.contains(algorithm), let digest = algorithm.macDigest
    else { throw .algorithm(algorithm.rawValue) }
    self.algorithm = algorithm
    work = .mac(HMAC(digest, key: key.bytes))
  }

  /// Throws unless the signature of a split text is the key's.
  ///
  /// The header must have been read, and its algorithm be this one, before.
  public func verify(_ text: Span<UInt8>, _ parts: CompactJWS) throws(JOSEError) {
    var signature: [UInt8] = []
    guard Base64.url.decode(text.extracting(parts.signature), into: &signature) != nil else {
      throw .notBase64URL(.signature)
    }
    let input = text.extracting(parts.signingInput)
    let valid =
      switch work {
      case .signature(let verifier): verifier.isValid(signature.span, over: input)
      case .mac(let mac): mac.isValid(signature, over: input)
      }
    guard valid else { throw .signature }
  }
}
