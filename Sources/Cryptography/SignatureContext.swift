internal import COpenSSL

/// How a scheme takes its message, with the context that it keeps.
enum SignatureWork {
  /// Digested here, then signed.
  case digest(DigestAlgorithm, SignatureContext)
  /// Whole, in one shot: EdDSA, whose context must be initialised each time.
  case message(MessageContext)

  init(
    _ key: OpaquePointer, _ scheme: SignatureScheme, prepare: (OpaquePointer) -> Int32
  ) throws(CryptographyError) {
    if let digest = scheme.digest {
      self = .digest(digest, try SignatureContext(key, scheme, prepare: prepare))
    } else {
      self = .message(MessageContext())
    }
  }
}

/// An EVP_MD_CTX and its owner.
final class MessageContext {
  let pointer = allocated(EVP_MD_CTX_new())

  deinit { EVP_MD_CTX_free(pointer) }
}

/// A libcrypto context made ready for one key and scheme, so that an operation costs no set-up.
///
/// Signing and verifying a digest leaves such a context as it was; it may be used again and again,
/// by one thread at a time.
final class SignatureContext {
  let pointer: OpaquePointer

  init(
    _ key: OpaquePointer, _ scheme: SignatureScheme,
    prepare: (OpaquePointer) -> Int32
  ) throws(CryptographyError) {
    guard let made = EVP_PKEY_CTX_new_from_pkey(nil, key, nil) else {
      throw .libcrypto("signature context")
    }
    pointer = made
    guard prepare(made) == 1, Self.configure(made, scheme) else {
      throw .libcrypto("signature context")
    }
  }

  deinit { EVP_PKEY_CTX_free(pointer) }

  private static func configure(_ context: OpaquePointer, _ scheme: SignatureScheme) -> Bool {
    switch scheme {
    case .ecdsa(let digest):
      return EVP_PKEY_CTX_set_signature_md(context, digest.method) == 1
    case .rsaPKCS1(let digest):
      return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1
        && EVP_PKEY_CTX_set_signature_md(context, digest.method) == 1
    case .rsaPSS(let digest):
      return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
        && EVP_PKEY_CTX_set_signature_md(context, digest.method) == 1
        && EVP_PKEY_CTX_set_rsa_mgf1_md(context, digest.method) == 1
        && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1
    case .eddsa: return true
    }
  }
}
