// Cryptography owns the types over libcrypto: keys, signatures, AEAD, digests, key derivation,
// random bytes, constant-time comparison. It is the only module that names an EVP function (TLS
// is Transport's). It knows no JOSE name and no record.
