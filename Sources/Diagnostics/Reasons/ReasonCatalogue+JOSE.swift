extension ReasonCatalogue {
  static let jose = ReasonArea(
    "jose", "Keys, signatures and claims",
    """
    What is wrong with a key or a signed object. They stand in the detail of a `token.*` reason, \
    in config faults, and in what `sallyport jose` prints.
    """,
    [
      ReasonEntry(
        .jwkMalformed, "Key malformed", shownAs: [],
        means: "A JWK or JWK Set is not JSON of the right shape; the member is named.",
        remedy: "Mend it."),
      ReasonEntry(
        .jwkUnsupported, "Key not supported", shownAs: [],
        means: "The key's type, curve or use is not one that is used here.",
        remedy: "Use another key."),
      ReasonEntry(
        .jwkPrivate, "Private key", shownAs: [],
        means: "A private or symmetric key stands where a public one is expected.",
        remedy: "Publish only the public part, and replace the key: it has been seen."),
      ReasonEntry(
        .jwkUnfit, "Key unfit", shownAs: [],
        means: "The numbers of the key are refused: too weak, or inconsistent.",
        remedy: "Make a new key."),
      ReasonEntry(
        .jwkDuplicateKeyID, "Two keys of one name", shownAs: [],
        means: "Two keys of a set have the same `kid`.",
        remedy: "Give each its own."),
      ReasonEntry(
        .jwkAmbiguous, "Key for two purposes", shownAs: [],
        means: "The `use`, `key_ops` and `alg` of a key contradict each other.",
        remedy: "Say one purpose: a key for signatures, or a key for encryption."),
      ReasonEntry(
        .jwkMixed, "Keys of several kinds", shownAs: [],
        means: "A set holds public, private and symmetric keys together.",
        remedy: "Keep each kind in a file of its own."),
      ReasonEntry(
        .jwsTooLarge, "Too large", shownAs: [],
        means: "The object is longer than the limit.",
        remedy: "Make it smaller."),
      ReasonEntry(
        .jwsSegments, "Not three segments", shownAs: [],
        means: "A compact JWS has three segments divided by dots.",
        remedy: "Give the whole of it."),
      ReasonEntry(
        .jwsBase64URL, "Not base64url", shownAs: [],
        means: """
          A segment is not canonical base64url: padding, blanks, foreign letters, stray bits.
          """,
        remedy: "Give it as it was made."),
      ReasonEntry(
        .jwsHeaderJSON, "Header no JSON", shownAs: [],
        means: "The header is not a JSON object with unique names.",
        remedy: "Mend whoever made it."),
      ReasonEntry(
        .jwsHeaderParameter, "Header parameter wrong", shownAs: [],
        means: "A header parameter is missing or of the wrong type.",
        remedy: "Mend whoever made it."),
      ReasonEntry(
        .jwsAlgNone, "Not signed", shownAs: [],
        means: "`alg` is `none`.",
        remedy: "Sign it."),
      ReasonEntry(
        .jwsAlgorithm, "Algorithm not allowed", shownAs: [],
        means: "`alg` is unknown, or not one that the key or the caller allows.",
        remedy: "Use the key's algorithm."),
      ReasonEntry(
        .jwsCrit, "Unknown extension", shownAs: [],
        means: "`crit` names an extension, and none is understood (RFC 7515 4.1.11).",
        remedy: "Leave it out."),
      ReasonEntry(
        .jwsB64, "Unencoded payload", shownAs: [],
        means: "`b64` is there and not true (RFC 7797).",
        remedy: "Encode the payload."),
      ReasonEntry(
        .jwsZip, "Compressed", shownAs: [],
        means: "`zip` is there; nothing is decompressed before it is trusted.",
        remedy: "Do not compress."),
      ReasonEntry(
        .jwsKeyUnknown, "No key fits", shownAs: [],
        means: "No key of the set fits the header.",
        remedy: "Give the set that has the key."),
      ReasonEntry(
        .jwsSignature, "Signature wrong", shownAs: [],
        means: "The signature is not the key's over these bytes.",
        remedy: "The object was altered, or the key is another one."),
      ReasonEntry(
        .jwsSigning, "Signing failed", shownAs: [],
        means: "libcrypto could not sign.",
        remedy: "Report it with the message."),
      ReasonEntry(
        .jwtClaimsJSON, "Claims no JSON", shownAs: [],
        means: "The payload is not a JSON object with unique names.",
        remedy: "Mend whoever made it."),
      ReasonEntry(
        .jwtClaim, "Claim wrong", shownAs: [],
        means: "A claim is missing or of the wrong type or range.",
        remedy: "Mend whoever made it."),
      ReasonEntry(
        .jwtUnexpected, "Made for something else", shownAs: [],
        means: "A claim, or `typ`, is missing or not what is asked for here.",
        remedy: "Get a token for this issuer, audience and purpose."),
      ReasonEntry(
        .jwtExpired, "Expired", shownAs: [],
        means: "The time is at or after `exp`.",
        remedy: "Get a new one."),
      ReasonEntry(
        .jwtNotYetValid, "Not valid yet", shownAs: [],
        means: "The time is before `nbf`, or `iat` lies in the future.",
        remedy: "Compare the clocks."),
    ])
}
