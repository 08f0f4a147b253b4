public import Diagnostics
public import JOSE
public import JSON
public import OAuth

/// A client that the file names.
public struct ClientOptions: Sendable {
  /// Its identifier.
  public let id: ClientID
  /// Its secret; `nil` for a public client.
  public let secret: Secret<[UInt8]>?
  /// How it may authenticate.
  public let authenticationMethods: [ClientAuthenticationMethod]
  /// The grants that it may use.
  public let grantTypes: [GrantType]
  /// The scopes that it may be given.
  public let scopes: ScopeSet
  /// How its tokens differ from the rule.
  public let tokens: TokenOverrides?
  /// What signed introspection answers for it are signed by.
  public let introspectionAlgorithm: JWSAlgorithm?
  /// Whether the entry is created once and then left to storage.
  public let isSeed: Bool
  /// Where it stands in the file.
  public let position: SourcePosition
  let file: String
}

extension ClientOptions {
  /// A fault of what the entry names, at the entry's place.
  public func fault(_ problem: String, _ remedy: String) -> ConfigurationFault {
    ConfigurationFault(file: file, position: position, problem: problem, remedy: remedy)
  }
}

extension ClientOptions {
  static let codec: Codec<ClientOptions> = Codec.section(
    Section(
      "A client.",
      Field("id", .clientID.defining(.client), "The `client_id`."),
      .optional("secret", .secret, shown: true, "Its secret; a client without one is public."),
      .optional(
        "authentication", Self.methods,
        "How it may authenticate; else `client_secret_basic` and `client_secret_post` with a "
          + "secret, `none` without."),
      Field(
        "grantTypes", .set(of: .grantType, count: 0...32), default: [], shown: true,
        "The grants that it may use, each of which must be loaded; none for a client that only "
          + "asks about tokens."),
      Field(
        "scopes", .set(of: .scope.referring(to: .scope), count: 0...ScopeSet.limit), default: [],
        shown: true,
        "The scopes that it may be given."),
      .optional("tokens", TokenOverrides.codec, "How its tokens differ from `tokens`."),
      .optional(
        "introspectionAlgorithm", .wantedAlgorithm,
        "What signed introspection answers for it are signed by (RFC 9701); else RS256 where there "
          + "is such a key."),
      Field(
        "seed", .bool, default: false,
        "Whether the entry is created once and never touched again; else storage is made to follow "
          + "this file."),
      .position, .file,
      build: Self.assemble)
  ).checked { client, node, reading in client.check(node, &reading) }

  private static let methods: Codec<[ClientAuthenticationMethod]> = {
    let methods: Codec<[ClientAuthenticationMethod]> = .set(of: .choice, count: 1...3)
    return methods.example(.array(["client_secret_basic"]))
  }()

  private static func assemble(
    id: ClientID, secret: Secret<[UInt8]>?, methods: [ClientAuthenticationMethod]?,
    grantTypes: [GrantType], scopes: [Scope], tokens: TokenOverrides?,
    introspectionAlgorithm: JWSAlgorithm?, isSeed: Bool,
    position: SourcePosition, file: String
  ) -> ClientOptions {
    let usual: [ClientAuthenticationMethod] =
      secret == nil ? [.none] : [.client_secret_basic, .client_secret_post]
    return ClientOptions(
      id: id, secret: secret, authenticationMethods: methods ?? usual, grantTypes: grantTypes,
      scopes: ScopeSet(scopes), tokens: tokens, introspectionAlgorithm: introspectionAlgorithm,
      isSeed: isSeed, position: position,
      file: file)
  }

  private func check(_ node: JSON5Node, _ reading: inout Reading) {
    let isPublic = authenticationMethods == [.none]
    if !isPublic, authenticationMethods.contains(.none) {
      reading.fault(
        node.place("authentication"), "mixes \"none\" with other methods of authentication",
        "leave \"none\" out, or alone")
    }
    if !isPublic, secret == nil {
      reading.fault(
        node.place("authentication"), "authenticates by a secret but has none",
        "add secret: { env: \"NAME\" }, or use authentication: [\"none\"]")
    }
    if isPublic, secret != nil {
      reading.fault(
        node.place("secret"), "has a secret but authenticates by \"none\"",
        "remove the secret, or the authentication")
    }
  }
}
