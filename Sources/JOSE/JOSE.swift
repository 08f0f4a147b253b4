// JOSE owns the formats of RFC 7515 to 7519: JWK, JWK Set, compact JWS, claims. The key or the
// verifier's allow-list decides the algorithm, never the token. It fetches nothing and stores
// nothing.
