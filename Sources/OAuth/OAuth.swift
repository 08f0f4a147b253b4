// OAuth owns the vocabulary of RFC 6749 and its family as types that cannot be wrong, and the
// rules that need nothing but values: scopes, audiences, errors. It knows no HTTP server, no
// storage and no plugin.
