import Cryptography

/// A set of vectors and what its tests are run through.
struct VectorSet: Sendable {
  let name: String
  /// Returns for what is accepted, throws for what is refused.
  let check: @Sendable (VectorCase) throws -> Void

  /// The sets, JOSE's own first, then those of what it is made of.
  static let all: [VectorSet] =
    [
      VectorSet(name: "json_web_signature", check: { try JOSEChecks.signature($0) }),
      VectorSet(name: "json_web_encryption", check: { try JOSEChecks.encryption($0) }),
      VectorSet(name: "json_web_key", check: { try JOSEChecks.signature($0) }),
      VectorSet(name: "json_web_crypto", check: { try JOSEChecks.either($0) }),
    ] + signatures + ciphers + agreements

  private static let signatures =
    [
      ("ecdsa_secp256r1_sha256_p1363", SignatureCheck(.ecdsa(.sha256))),
      ("ecdsa_secp384r1_sha384_p1363", SignatureCheck(.ecdsa(.sha384))),
      ("ecdsa_secp521r1_sha512_p1363", SignatureCheck(.ecdsa(.sha512))),
      ("ecdsa_secp256k1_sha256_p1363", SignatureCheck(.ecdsa(.sha256))),
      ("ed25519", SignatureCheck(.eddsa)), ("ed448", SignatureCheck(.eddsa)),
      ("rsa_signature_2048_sha256", SignatureCheck(.rsaPKCS1(.sha256))),
      ("rsa_signature_2048_sha384", SignatureCheck(.rsaPKCS1(.sha384))),
      ("rsa_signature_2048_sha512", SignatureCheck(.rsaPKCS1(.sha512))),
      ("rsa_signature_3072_sha256", SignatureCheck(.rsaPKCS1(.sha256))),
      ("rsa_signature_3072_sha384", SignatureCheck(.rsaPKCS1(.sha384))),
      ("rsa_signature_3072_sha512", SignatureCheck(.rsaPKCS1(.sha512))),
      ("rsa_signature_4096_sha256", SignatureCheck(.rsaPKCS1(.sha256))),
      ("rsa_signature_4096_sha384", SignatureCheck(.rsaPKCS1(.sha384))),
      ("rsa_signature_4096_sha512", SignatureCheck(.rsaPKCS1(.sha512))),
      ("rsa_signature_8192_sha256", SignatureCheck(.rsaPKCS1(.sha256))),
      ("rsa_pss_2048_sha256_mgf1_32", SignatureCheck(.rsaPSS(.sha256))),
      ("rsa_pss_2048_sha384_mgf1_48", SignatureCheck(.rsaPSS(.sha384))),
      ("rsa_pss_3072_sha256_mgf1_32", SignatureCheck(.rsaPSS(.sha256))),
      ("rsa_pss_4096_sha256_mgf1_32", SignatureCheck(.rsaPSS(.sha256))),
      ("rsa_pss_4096_sha384_mgf1_48", SignatureCheck(.rsaPSS(.sha384))),
      ("rsa_pss_4096_sha512_mgf1_64", SignatureCheck(.rsaPSS(.sha512))),
    ].map { name, check in VectorSet(name: name) { try check.run($0) } } + [
      VectorSet(name: "hmac_sha256") { try CipherChecks.mac($0, .sha256) },
      VectorSet(name: "hmac_sha384") { try CipherChecks.mac($0, .sha384) },
      VectorSet(name: "hmac_sha512") { try CipherChecks.mac($0, .sha512) },
    ]

  private static let ciphers = [
    VectorSet(name: "aes_gcm", check: { try CipherChecks.gcm($0) }),
    VectorSet(name: "a128cbc_hs256") { try CipherChecks.open($0, .aesCBCHMAC(.bits128)) },
    VectorSet(name: "a192cbc_hs384") { try CipherChecks.open($0, .aesCBCHMAC(.bits192)) },
    VectorSet(name: "a256cbc_hs512") { try CipherChecks.open($0, .aesCBCHMAC(.bits256)) },
    VectorSet(name: "aes_wrap", check: { try CipherChecks.unwrap($0) }),
    VectorSet(name: "rsa_oaep_2048_sha1_mgf1sha1") { try CipherChecks.oaep($0, .sha1) },
    VectorSet(name: "rsa_oaep_2048_sha256_mgf1sha256") { try CipherChecks.oaep($0, .sha256) },
    VectorSet(name: "rsa_oaep_3072_sha256_mgf1sha256") { try CipherChecks.oaep($0, .sha256) },
    VectorSet(name: "rsa_oaep_4096_sha256_mgf1sha256") { try CipherChecks.oaep($0, .sha256) },
  ]

  private static let agreements = [
    "ecdh_secp256r1_webcrypto", "ecdh_secp384r1_webcrypto", "ecdh_secp521r1_webcrypto",
    "x25519_jwk", "x448_jwk",
  ].map { VectorSet(name: $0) { try AgreementCheck.run($0) } }
}

/// A result is not the one that the vector gives.
struct WrongResult: Error {}
