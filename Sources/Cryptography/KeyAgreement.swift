internal import COpenSSL
public import Diagnostics

extension KeyType {
  /// Whether two such keys can agree on a secret (Diffie-Hellman on a curve).
  public var canAgree: Bool {
    switch self {
    // Registered for signatures only (RFC 8812 3.1).
    case .ec(.secp256k1): false
    case .ec, .octet(.x25519), .octet(.x448): true
    case .rsa, .octet(.ed25519), .octet(.ed448): false
    }
  }
}

extension PrivateKey {
  /// The secret shared with a public key of the same curve (SP 800-56A 5.7.1.2, RFC 7748 6).
  ///
  /// Throws `wrongKeyType` for keys of different curves, `inconsistentKey` where the peer's point
  /// is of low order and the secret would be zero. A `PublicKey` on a NIST curve is on its curve,
  /// and those have no small subgroup, so the dear check of its order is left out.
  public func sharedSecret(with peer: PublicKey) throws(CryptographyError) -> Secret<[UInt8]> {
    guard type.canAgree, peer.type == type else { throw .wrongKeyType }
    guard let context = EVP_PKEY_CTX_new_from_pkey(nil, pointer, nil) else {
      throw .libcrypto("key agreement")
    }
    defer { EVP_PKEY_CTX_free(context) }
    var length = 0
    guard EVP_PKEY_derive_init(context) == 1,
      EVP_PKEY_derive_set_peer_ex(context, peer.pointer, 0) == 1,
      EVP_PKEY_derive(context, nil, &length) == 1
    else { throw .libcrypto("key agreement") }
    var secret = [UInt8](repeating: 0, count: length)
    guard EVP_PKEY_derive(context, &secret, &length) == 1, length == secret.count,
      secret.contains(where: { $0 != 0 })
    else {
      ERR_clear_error()
      throw .inconsistentKey
    }
    return Secret(secret)
  }

  /// The numbers of the public half, without the cost of a key of its own.
  public func publicComponents() throws(CryptographyError) -> PublicKeyComponents {
    try pointer.publicComponents(type)
  }
}
