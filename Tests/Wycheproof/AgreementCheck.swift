import Cryptography
import Diagnostics
import JOSE
import JSON

/// Key agreement between a private and a public JWK.
enum AgreementCheck {
  static func run(_ each: VectorCase) throws {
    let own = try PrivateJWK(each.object("private"), for: .encryption)
    let peer = try JWK(each.object("public"), for: .encryption)
    guard try own.key.sharedSecret(with: peer.key).reveal() == each.bytes("shared") else {
      throw WrongResult()
    }
  }
}
