internal import Synchronization

/// Signers of one key and scheme, lent to whichever thread signs next.
///
/// Safe from any thread. It grows to as many signers as ever signed at once, and dies with its key.
public final class SignerPool: Sendable {
  /// A signer on its way from one thread to another, used by neither meanwhile.
  private struct Idle: @unchecked Sendable { let signer: Signer }

  private let key: PrivateKey
  private let scheme: SignatureScheme
  private let idle = Mutex<[Idle]>([])

  /// A pool; throws `wrongKeyType` if the scheme is not one for the key.
  public init(_ key: PrivateKey, _ scheme: SignatureScheme) throws(CryptographyError) {
    self.key = key
    self.scheme = scheme
    let first = Idle(signer: try Signer(key, scheme))
    idle.withLock { $0.append(first) }
  }

  /// The signature of a message.
  public func sign(_ message: Span<UInt8>) throws(CryptographyError) -> [UInt8] {
    let lent = try take()
    let signature = try lent.signer.sign(message)
    // After an error the signer's state is unknown: it is not given back.
    idle.withLock { $0.append(lent) }
    return signature
  }

  private func take() throws(CryptographyError) -> Idle {
    if let lent = idle.withLock({ $0.popLast() }) { return lent }
    return Idle(signer: try Signer(key, scheme))
  }
}
