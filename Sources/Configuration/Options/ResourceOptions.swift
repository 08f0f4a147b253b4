internal import JSON
public import OAuth

/// A protected resource (RFC 6749 1.1) and the scopes that belong to it.
public struct ResourceOptions: Sendable {
  /// Its name in this file and in logs.
  public let id: String
  /// The `aud` of tokens for it.
  public let audience: Audience
  /// Its scopes and what each allows, in words for people.
  public let scopes: [(scope: Scope, description: String)]
  /// How tokens for it differ from the rule.
  public let tokens: TokenOverrides?
  /// The clients that may ask about every token for it.
  public let introspectors: [ClientID]
  /// Its own key, if tokens for it are encrypted to one.
  public let encryption: ResourceEncryptionOptions?
}

extension ResourceOptions {
  private static let introspectors: Codec<[ClientID]> = .set(of: .clientID, count: 0...1000)

  static let codec: Codec<ResourceOptions> = Codec.section(
    Section(
      "A protected resource.",
      Field("id", .name("my-api").defining(.resource), "Its name in this file and in logs."),
      Field(
        "audience", .audience.defining(.audience),
        "The `aud` of tokens for it; best the URL that clients know it by (RFC 8707)."),
      Field(
        "scopes",
        .map(of: .scope.defining(.scope), to: .words("Read")).example(["api.read": "Read"]),
        "Its scopes, each with what it allows in words for people."),
      .optional("tokens", TokenOverrides.codec, "How tokens for it differ from `tokens`."),
      Field(
        "introspectors", Self.introspectors, default: [],
        "The clients, each with a secret, that may introspect every token for it; others only "
          + "their own."),
      .optional(
        "encryption", ResourceEncryptionOptions.codec,
        "How tokens in the format `jwe` are encrypted to it; else they are to a key of our own, "
          + "which only we can open."),
      build: {
        ResourceOptions(
          id: $0, audience: $1, scopes: $2.map { ($0.key, $0.value) }, tokens: $3,
          introspectors: $4, encryption: $5)
      })
  ).checked { resource, _, reading in
    if resource.encryption?.opensHere == false {
      reading.facts.sealedAudiences.insert(resource.audience)
    }
    reading.facts.scopes[resource.audience] = ScopeSet(resource.scopes.map(\.scope))
  }
}
