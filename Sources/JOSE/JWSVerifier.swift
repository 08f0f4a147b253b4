internal import Cryptography

/// Checks compact JWS under one key by one algorithm, keeping the signature context.
///
/// Not for two threads at once: each event loop owns its own.
public final class JWSVerifier {
  /// The algorithm; a header that names another is refused before any arithmetic.
  public let algorithm: JWSAlgorithm
  private let verifier: SignatureVerifier

  /// A verifier; throws `algorithm` if the key may not be used with it.
  public init(_ key: JWK, _ algorithm: JWSAlgorithm) throws(JOSEError) {
    guard key.algorithms.contains(algorithm) else { throw .algorithm(algorithm.rawValue) }
    self.algorithm = algorithm
    do {
      verifier = try SignatureVerifier(key.key, algorithm.scheme)
    } catch {
      throw .unfitKey(error)
    }
  }

  /// Throws unless the signature of a split text is the key's.
  ///
  /// The header must have been read, and its algorithm be this one, before.
  public func verify(_ text: Span<UInt8>, _ parts: CompactJWS) throws(JOSEError) {
    var signature: [UInt8] = []
    guard Base64.url.decode(text.extracting(parts.signature), into: &signature) != nil else {
      throw .notBase64URL(.signature)
    }
    guard verifier.isValid(signature.span, over: text.extracting(parts.signingInput)) else {
      throw .signature
    }
  }
}
