import Cryptography
import JSON

/// Signatures of one scheme under the group's public key.
struct SignatureCheck: Sendable {
  private let scheme: SignatureScheme

  init(_ scheme: SignatureScheme) { self.scheme = scheme }

  func run(_ each: VectorCase) throws {
    let key = try PublicKey(der: each.bytes("publicKeyDer"))
    let signature = try each.bytes("sig")
    guard try SignatureVerifier(key, scheme).isValid(signature, over: each.bytes("msg")) else {
      throw Refused()
    }
  }

  private struct Refused: Error {}
}
