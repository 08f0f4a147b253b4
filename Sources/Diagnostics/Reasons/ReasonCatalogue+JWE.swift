extension ReasonCatalogue {
  static let jwe = ReasonArea(
    "jwe", "Encrypted objects",
    """
    What is wrong with an encrypted object (JWE). They stand in the detail of a `token.*` reason and \
    in what `sallyport jose` prints. Whatever goes wrong once a key is used is `jwe.decryption`: \
    which step failed would tell an attacker something.
    """,
    [
      ReasonEntry(
        .jweTooLarge, "Too large", shownAs: [],
        means: "The object, or its header, is longer than the limit.",
        remedy: "Make it smaller."),
      ReasonEntry(
        .jweSegments, "Not five segments", shownAs: [],
        means: """
          A compact JWE has five segments divided by dots. The JSON serialisations are not taken.
          """,
        remedy: "Give the whole of it, in the compact form."),
      ReasonEntry(
        .jweBase64URL, "Not base64url", shownAs: [],
        means: """
          A segment is not canonical base64url: padding, blanks, foreign letters, stray bits.
          """,
        remedy: "Give it as it was made."),
      ReasonEntry(
        .jweSegmentLength, "Segment of a wrong length", shownAs: [],
        means: """
          The initialisation vector, the tag or the encrypted key has not the length that `alg` and \
          `enc` demand.
          """,
        remedy: "Mend whoever made it."),
      ReasonEntry(
        .jweHeaderJSON, "Header no JSON", shownAs: [],
        means: "The header is not a JSON object with unique names.",
        remedy: "Mend whoever made it."),
      ReasonEntry(
        .jweHeaderParameter, "Header parameter wrong", shownAs: [],
        means: """
          A header parameter is missing or of the wrong type, or `epk` is no key on the curve of the \
          recipient's.
          """,
        remedy: "Mend whoever made it."),
      ReasonEntry(
        .jweAlgorithm, "Key management not allowed", shownAs: [],
        means: """
          `alg` is unknown, or not one that the key and the recipient allow. `RSA1_5` never is, and \
          `PBES2` is for files only.
          """,
        remedy: "Use one that the recipient publishes."),
      ReasonEntry(
        .jweContentEncryption, "Content encryption not allowed", shownAs: [],
        means: "`enc` is unknown, or not one that the recipient allows.",
        remedy: "Use one that the recipient publishes."),
      ReasonEntry(
        .jweCrit, "Unknown extension", shownAs: [],
        means: "`crit` names an extension, and none is understood (RFC 7516 4.1.13).",
        remedy: "Leave it out."),
      ReasonEntry(
        .jweZip, "Compressed", shownAs: [],
        means: "`zip` is there; nothing is decompressed here (RFC 8725 3.6).",
        remedy: "Do not compress."),
      ReasonEntry(
        .jweKeyUnknown, "Encrypted to another key", shownAs: [],
        means: "The header's `kid` names a key that is not the recipient's.",
        remedy: "Fetch the recipient's key anew and encrypt to that."),
      ReasonEntry(
        .jweDecryption, "Not decrypted", shownAs: [],
        means: """
          The content could not be decrypted: it was altered, or encrypted to another key, or the \
          password is another one.
          """,
        remedy: "Get it anew, encrypted to the right key."),
      ReasonEntry(
        .jweKeyUnfit, "Key unfit", shownAs: [],
        means: "The numbers of the key are refused.",
        remedy: "Make a new key."),
      ReasonEntry(
        .jweEncryption, "Encryption failed", shownAs: [],
        means: "libcrypto could not encrypt.",
        remedy: "Report it with the message."),
    ])
}
