// Tokens owns what a token is here: the formats, the issuer, the verifier with its cache, and the
// key ring. A token enters as presented text and leaves as a VerifiedToken; it knows no HTTP.
