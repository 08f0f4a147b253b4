extension ReasonCatalogue {
  static let token = ReasonArea(
    "token", "Access tokens",
    """
    Why the proxy, or another protected resource of this program, does not take a presented \
    access token.
    """,
    [
      ReasonEntry(
        .tokenMissing, "No token", shownAs: [.missingToken],
        means: "The route asks for a bearer token and the request has none.",
        remedy: """
          Send `Authorization: Bearer TOKEN`, or make the route anonymous if it is meant for \
          everybody.
          """),
      ReasonEntry(
        .tokenRepeated, "Two Authorization fields", shownAs: [.invalidToken],
        means: """
          The request has more than one `Authorization` field, so nobody can say which one counts.
          """,
        remedy: "Send one. A proxy in front may have added its own."),
      ReasonEntry(
        .tokenMalformed, "Not a token", shownAs: [.invalidToken],
        means: """
          What follows `Bearer` is neither a compact JWS nor an opaque token of this server: cut \
          off, altered, empty or too long.
          """,
        remedy: """
          Send the token exactly as the token endpoint gave it, without quotes or line breaks.
          """),
      ReasonEntry(
        .tokenAlgorithm, "Algorithm not allowed", shownAs: [.invalidToken],
        means: """
          The token's `alg` is `none`, unknown, or not one that the issuer's key may be used with.
          """,
        remedy: """
          A token of ours always has the key's algorithm. For a foreign issuer, name its \
          algorithms in `proxy.issuers`.
          """),
      ReasonEntry(
        .tokenCrit, "Unknown extension", shownAs: [.invalidToken],
        means: """
          The token's header demands an extension (`crit`, `b64`) that this program does not \
          understand, so it must be refused (RFC 7515 4.1.11).
          """,
        remedy: "Have the issuer leave the extension out."),
      ReasonEntry(
        .tokenType, "Not an access token", shownAs: [.invalidToken],
        means: """
          The token's `typ` says that it is something else, such as an ID token (RFC 9068 4).
          """,
        remedy: """
          Present the access token. For an issuer that sends no `at+jwt`, see `proxy.issuers` in \
          the configuration.
          """),
      ReasonEntry(
        .tokenIssuer, "Issuer not trusted", shownAs: [.invalidToken],
        means: """
          The token's `iss` is missing, names nobody who is trusted here, or nobody whom the route \
          takes.
          """,
        remedy: """
          Get the token from a trusted issuer, or add the issuer to `proxy.issuers` and to the \
          route.
          """),
      ReasonEntry(
        .tokenKeyUnknown, "No such key", shownAs: [.invalidToken],
        means: "The issuer has no key with the token's `kid`, or none that fits it.",
        remedy: """
          If the issuer has rotated its keys, give the new key set. A token signed by a key of \
          ours that was retired is too old.
          """),
      ReasonEntry(
        .tokenSignature, "Signature wrong", shownAs: [.invalidToken],
        means: """
          The signature is not that of the issuer's key over these bytes: the token was altered, \
          or made by somebody else.
          """,
        remedy: """
          Get a new token. If it happens to good tokens, the key set of the issuer is another one \
          than its tokens are signed with.
          """),
      ReasonEntry(
        .tokenClaims, "Claims malformed", shownAs: [.invalidToken],
        means: "A claim that an access token must have is missing or of the wrong type.",
        remedy: "Read the detail: it names the claim. Have the issuer send it as RFC 9068 says."),
      ReasonEntry(
        .tokenExpired, "Expired", shownAs: [.invalidToken],
        means: "The time in `exp` is over, or an opaque token's lifetime is.",
        remedy: """
          Get a new token. If it happens to new ones, compare the clocks of issuer and proxy.
          """),
      ReasonEntry(
        .tokenNotYetValid, "Not valid yet", shownAs: [.invalidToken, .temporarilyUnavailable],
        means: "`nbf` or `iat` lies in the future.",
        remedy: "Compare the clocks of issuer and proxy."),
      ReasonEntry(
        .tokenUnknown, "Unknown opaque token", shownAs: [.invalidToken],
        means: "Storage has no such token: it was never issued here, has ended, or was removed.",
        remedy: "Get a new token."),
      ReasonEntry(
        .tokenRevoked, "Revoked", shownAs: [.invalidToken],
        means: """
          The token was taken back before its end: by itself, or with all tokens of its grant, \
          session, client or subject.
          """,
        remedy: """
          Get a new token. `sallyport token inspect` says which revocation it is, when it was made \
          and who asked for it.
          """),
      ReasonEntry(
        .tokenDecryptionKeyUnknown, "Encrypted to another key",
        shownAs: [.invalidToken, .unsupportedTokenType],
        means: """
          The token is encrypted, and none of the keys here is the one that its `kid` names: it is \
          for somebody else to open, or under a key of ours that was retired.
          """,
        remedy: """
          If the proxy guards the resource, give its key as `private` or `secret` in \
          `resources[].encryption`. A resource that alone has its key opens the token itself, and \
          may ask introspection about the signed token inside.
          """),
      ReasonEntry(
        .tokenDecryption, "Does not open", shownAs: [.invalidToken],
        means: """
          The token is encrypted to a key that is here, and does not open under it: it was altered, \
          or encrypted to another key of the same name.
          """,
        remedy: """
          Get a new token. If it happens to good tokens, compare the resource's public key at the \
          issuer with the private one here.
          """),
      ReasonEntry(
        .tokenNested, "No signed token inside", shownAs: [.invalidToken],
        means: """
          An encrypted token must have exactly one signed token inside and say so (`cty` is `JWT`); \
          this one has something else there, or is encrypted twice.
          """,
        remedy: """
          Whoever makes the token must sign it first and then encrypt it once (RFC 7519 5.2).
          """),
      ReasonEntry(
        .tokenRecipient, "Encrypted to somebody else", shownAs: [.invalidToken],
        means: """
          The token is encrypted to the key of one resource, and its `aud` names only others.
          """,
        remedy: "Encrypt a token to the key of the resource that it is for."),
      ReasonEntry(
        .tokenAudience, "For somebody else", shownAs: [.invalidToken],
        means: """
          The token is good, but its `aud` does not name the route's audience: it was made for \
          another resource.
          """,
        remedy: "Ask for a token with a scope of this resource, or with `resource` (RFC 8707)."),
      ReasonEntry(
        .tokenScope, "Scope missing", shownAs: [.insufficientScope],
        means: """
          The token is good and for this resource, but lacks a scope that the route asks for.
          """,
        remedy: """
          Ask for a token with the scopes that the challenge names; the client must be registered \
          for them.
          """),
      ReasonEntry(
        .tokenNotRevocable, "Cannot be revoked", shownAs: [.unsupportedTokenType],
        means: "What was to be revoked says in `typ` that it is no access token.",
        remedy: "Revoke access tokens; the others are not looked up anywhere and end by themselves."
      ),
      ReasonEntry(
        .tokenOfAnotherClient, "Another client's", shownAs: [.invalidGrant],
        means: "A client tried to revoke a good token that was issued to another client.",
        remedy: """
          Find out how the client came by the token. An operator can revoke it with \
          `sallyport token revoke`.
          """),
    ])
}
