extension ReasonCatalogue {
  static let client = ReasonArea(
    "client", "Client authentication",
    """
    Why a client is not taken for who it says it is. All but the first three answer alike, so \
    that a stranger cannot learn which clients exist.
    """,
    [
      ReasonEntry(
        .clientCredentialsMissing, "No credentials", shownAs: [.invalidClient],
        means: """
          The request says neither in `Authorization` nor in its body which client it comes from.
          """,
        remedy: "Send HTTP Basic credentials, or `client_id` (and `client_secret`) in the body."),
      ReasonEntry(
        .clientSchemeUnknown, "Not the scheme Basic", shownAs: [.invalidClient],
        means: "The `Authorization` field of a token request has another scheme than `Basic`.",
        remedy: "Use `client_secret_basic` or `client_secret_post`."),
      ReasonEntry(
        .clientBasicMalformed, "Basic credentials malformed", shownAs: [.invalidClient],
        means: """
          What follows `Basic` is not the base64 of `id:secret`, each part form-encoded (RFC 6749 \
          2.3.1).
          """,
        remedy: "Encode identifier and secret, join them by a colon, and take the base64."),
      ReasonEntry(
        .clientUnknown, "No such client", shownAs: [.invalidClient],
        means: "Neither the config nor storage has a client of this identifier.",
        remedy: "Mend the `client_id`, or register the client: `sallyport client create`."),
      ReasonEntry(
        .clientSecretWrong, "Wrong secret", shownAs: [.invalidClient],
        means: "The client exists, and the secret shown is none of its secrets.",
        remedy: """
          Give the client its right secret, or a new one: `sallyport client rotate-secret ID`. \
          Many of these in a row are somebody guessing.
          """),
      ReasonEntry(
        .clientSecretExpired, "Secret rotated away", shownAs: [.invalidClient],
        means: "The secret was good once: it was rotated, and the overlap is over.",
        remedy: "Give the client its new secret."),
      ReasonEntry(
        .clientSecretMissing, "No secret", shownAs: [.invalidClient],
        means: "The client is confidential and named itself without a secret.",
        remedy: "Send the secret, or register the client as a public one."),
      ReasonEntry(
        .clientMethodNotAllowed, "Method not registered", shownAs: [.invalidClient],
        means: "The client may not authenticate in the way that it used.",
        remedy: """
          Use a method that the client is registered for: `sallyport client show ID` lists them.
          """),
      ReasonEntry(
        .clientPublic, "Public client", shownAs: [.invalidClient],
        means: """
          A client without a secret, which could be anybody, asked about a token: only those that \
          prove who they are may.
          """,
        remedy: "Use a client with a secret, and name it in the resource's `introspectors`."),
    ])
}
