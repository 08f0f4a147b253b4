import Foundation

/// Encrypted tokens, made and opened by the judge.
extension Judge {
  /// A key pair to encrypt to.
  package struct EncryptionKey {
    /// The private half as JWK and as PEM.
    package let privateJWK, privatePEM: String
    /// The public half as JWK and as PEM.
    package let publicJWK, publicPEM: String
  }

  /// A key pair to encrypt to, of type `EC` or `RSA`.
  package static func encryptionKey(_ type: String, id: String) throws -> EncryptionKey {
    let answer = try ask(["do": "encryption_key", "type": type, "id": id])
    guard let privateJWK = answer["private"] as? String,
      let privatePEM = answer["privatePEM"] as? String,
      let publicJWK = answer["public"] as? String, let publicPEM = answer["publicPEM"] as? String
    else { throw Problem("the judge says \(answer)") }
    return EncryptionKey(
      privateJWK: privateJWK, privatePEM: privatePEM, publicJWK: publicJWK, publicPEM: publicPEM)
  }

  /// Opens an encrypted token with a private JWK or a shared one.
  package static func decrypt(
    _ token: String, key: String
  ) throws -> (header: [String: Any], plaintext: String) {
    let answer = try ask(["do": "decrypt", "token": token, "key": key])
    guard let header = answer["header"] as? [String: Any],
      let plaintext = answer["plaintext"] as? String
    else { throw Problem("the judge says \(answer)") }
    return (header, plaintext)
  }

  /// Encrypts each of the texts to a JWK under that header.
  package static func encrypt(
    _ texts: [String], header: [String: Any], key: String
  ) throws -> [String] {
    let answer = try ask(["do": "encrypt", "texts": texts, "header": header, "key": key])
    return answer["tokens"] as? [String] ?? []
  }
}
