// The macros of OpenSSL's TLS interface, as functions that Swift can import.
#ifndef SALLYPORT_COPENSSL_TLS_H
#define SALLYPORT_COPENSSL_TLS_H

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

/// TLS 1.2 and newer, and what is safe to leave out: compression, renegotiation, partial writes.
static inline int sp_tls_harden(SSL_CTX *context) {
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE);
  return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) &&
         SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384");
}

/// How a server takes sessions up again: by tickets that `protect` seals, for `seconds`, and only
/// where the certificate is the same. No session is kept in memory, no early data is taken.
static inline int sp_tls_resume(SSL_CTX *context, long seconds,
                                int (*protect)(SSL *, unsigned char *, unsigned char *,
                                               EVP_CIPHER_CTX *, EVP_MAC_CTX *, int)) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  X509 *certificate = SSL_CTX_get0_certificate(context);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_timeout(context, seconds);
  return certificate && X509_digest(certificate, EVP_sha256(), digest, &length) == 1 &&
         SSL_CTX_set_session_id_context(context, digest, length) == 1 &&
         SSL_CTX_set_max_early_data(context, 0) == 1 &&
         SSL_CTX_set_tlsext_ticket_key_evp_cb(context, protect) == 1;
}

/// Prepares both contexts of a ticket with 32 bytes for the cipher and 32 for the MAC.
static inline int sp_tls_ticket(EVP_CIPHER_CTX *cipher, EVP_MAC_CTX *mac, const EVP_CIPHER *kind,
                                const unsigned char *keys, unsigned char *iv, int seals) {
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, (void *)(keys + 32), 32),
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)"SHA256", 0),
      OSSL_PARAM_construct_end()};
  return EVP_CipherInit_ex(cipher, kind, NULL, keys, iv, seals) == 1 &&
         EVP_MAC_CTX_set_params(mac, parameters) == 1;
}

/// The name for the server's certificate (RFC 6066 3) and for the check of it (RFC 6125).
static inline int sp_tls_expect_host(SSL *session, const char *host, int is_address) {
  X509_VERIFY_PARAM *parameters = SSL_get0_param(session);
  if (is_address) return X509_VERIFY_PARAM_set1_ip_asc(parameters, host);
  X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  return SSL_set_tlsext_host_name(session, host) &&
         X509_VERIFY_PARAM_set1_host(parameters, host, 0);
}

#endif
