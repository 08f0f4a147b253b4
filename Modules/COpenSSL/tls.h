// The macros of OpenSSL's TLS interface, as functions that Swift can import.
#ifndef SALLYPORT_COPENSSL_TLS_H
#define SALLYPORT_COPENSSL_TLS_H

#include <openssl/err.h>
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

/// The ciphertext that waits in a memory BIO, in place.
static inline long sp_tls_pending(BIO *bio, char **bytes) { return BIO_get_mem_data(bio, bytes); }

/// The name for the server's certificate (RFC 6066 3) and for the check of it (RFC 6125).
static inline int sp_tls_expect_host(SSL *session, const char *host, int is_address) {
  X509_VERIFY_PARAM *parameters = SSL_get0_param(session);
  if (is_address) return X509_VERIFY_PARAM_set1_ip_asc(parameters, host);
  X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  return SSL_set_tlsext_host_name(session, host) &&
         X509_VERIFY_PARAM_set1_host(parameters, host, 0);
}

#endif
