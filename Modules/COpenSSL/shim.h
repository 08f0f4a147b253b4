// OpenSSL 3 for Swift: the headers, and functions for the macros that Swift cannot import.
#ifndef SALLYPORT_COPENSSL_SHIM_H
#define SALLYPORT_COPENSSL_SHIM_H

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

// Variadic or macro in the headers, and so invisible to Swift.
static inline EVP_PKEY *sp_generate_rsa(size_t bits) { return EVP_RSA_gen(bits); }
static inline EVP_PKEY *sp_generate_named(const char *type) {
  return EVP_PKEY_Q_keygen(NULL, NULL, type);
}
static inline void sp_free(void *memory) { OPENSSL_free(memory); }
static inline void sp_clear_free(void *memory, size_t length) {
  OPENSSL_clear_free(memory, length);
}
static inline long sp_bio_data(BIO *bio, char **data) { return BIO_get_mem_data(bio, data); }

#endif
