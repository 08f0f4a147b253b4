internal import Cryptography
public import Diagnostics
public import OAuth
public import Ports
public import Tokens

/// What may be done to the clients, by the admin API and by commands alike.
///
/// Those of the config are shown; only those in storage can be changed.
public struct ClientAdministration: Sendable {
  private let repository: ClientRepository
  private let hasher: ClientSecretHasher
  private let clock: Clock
  private let offered: Offered
  private let configured: [Client]
  private let revocations: Revocations
  private let changed: @Sendable (ClientID) -> Void

  /// Administration of the clients of a config and of a store.
  ///
  /// `changed` drops what caches hold of a client.
  public init(
    repository: ClientRepository, hasher: ClientSecretHasher, clock: Clock, offered: Offered,
    configured: [Client], revocations: Revocations,
    changed: @escaping @Sendable (ClientID) -> Void
  ) {
    self.repository = repository
    self.hasher = hasher
    self.clock = clock
    self.offered = offered
    self.configured = configured
    self.revocations = revocations
    self.changed = changed
  }

  /// How long one operation may take.
  static let deadline = Lifetime.seconds(10)

  /// A new secret, shown once.
  public struct Issued: Sendable {
    /// The client as it is kept now.
    public let client: Client
    /// The secret; nil for a public client.
    public let secret: Secret<String>?
  }

  /// Creates a client; a confidential one gets a secret of 256 random bits.
  public func create(
    id: ClientID?, grantTypes: Set<GrantType>, scopes: ScopeSet, isPublic: Bool,
    tokens: TokenPreferences
  ) throws(AdminFault) -> Issued {
    let id = if let id { id } else { try Self.generatedID() }
    try refuseConfigured(id)
    try offered.refuseOthers(grantTypes, scopes, isPublic: isPublic, tokens)
    let secret = isPublic ? nil : Self.generatedSecret()
    let client = Client(
      id: id, secrets: secret.map { [keep($0)] } ?? [],
      authenticationMethods: isPublic ? [.none] : [.client_secret_basic, .client_secret_post],
      grantTypes: grantTypes, scopes: scopes, tokens: tokens)
    do throws(StorageError) {
      try repository.save(client, replacing: nil, context())
    } catch {
      if case .conflict = error { throw .conflict("The client \"\(id)\" exists already.") }
      throw .unavailable("\(error)")
    }
    changed(id)
    return Issued(client: client, secret: secret)
  }

  /// Adds a new secret; the old ones end after the overlap, in which all are good.
  public func rotateSecret(of id: ClientID, overlap: Lifetime) throws(AdminFault) -> Issued {
    let stored = try stored(id)
    guard stored.client.isConfidential else {
      throw .conflict("The client \"\(id)\" is public and has no secret.")
    }
    let now = clock.now()
    let secret = Self.generatedSecret()
    var client = stored.client
    let ending = client.secrets.map { $0.ending(by: now + overlap) }.filter { $0.isLive(at: now) }
    client.secrets = [keep(secret)] + ending.prefix(Client.secretLimit - 1)
    do throws(StorageError) {
      try repository.save(client, replacing: stored.version, context())
    } catch {
      if case .conflict = error { throw .conflict("The client \"\(id)\" was changed meanwhile.") }
      throw .unavailable("\(error)")
    }
    changed(id)
    return Issued(client: client, secret: secret)
  }

  /// Removes a client and revokes what tokens it has, in one commit.
  public func delete(_ id: ClientID) throws(AdminFault) {
    let stored = try stored(id)
    do throws(StorageError) {
      try revocations.revokeAndWait(
        [.client(id)], with: [ClientRepository.deletion(of: stored)],
        by: "the deletion of the client")
    } catch {
      if case .conflict = error { throw .conflict("The client \"\(id)\" was changed meanwhile.") }
      throw .unavailable("\(error)")
    }
    changed(id)
  }

  /// A client and whose word it is.
  public struct Known: Sendable {
    /// The client.
    public let client: Client
    /// Whether the config names it; else it lives in storage.
    public let isConfigured: Bool
  }

  /// The client of an identifier.
  public func client(_ id: ClientID) throws(AdminFault) -> Known {
    if let client = configured.first(where: { $0.id == id }) {
      return Known(client: client, isConfigured: true)
    }
    return Known(client: try stored(id).client, isConfigured: false)
  }

  /// All clients: those of the config, then those in storage that they do not hide.
  public func all() throws(AdminFault) -> [Known] {
    let stored: [Client]
    do throws(StorageError) {
      stored = try repository.all(context())
    } catch {
      throw .unavailable("\(error)")
    }
    let names = Set(configured.map(\.id))
    return configured.map { Known(client: $0, isConfigured: true) }
      + stored.filter { !names.contains($0.id) }.map { Known(client: $0, isConfigured: false) }
  }

  private func stored(_ id: ClientID) throws(AdminFault) -> ClientRepository.Stored {
    try refuseConfigured(id)
    let found: ClientRepository.Stored?
    do throws(StorageError) {
      found = try repository.client(id, context())
    } catch {
      throw .unavailable("\(error)")
    }
    guard let found else { throw .missing("There is no client \"\(id)\".") }
    return found
  }

  private func refuseConfigured(_ id: ClientID) throws(AdminFault) {
    guard configured.contains(where: { $0.id == id }) else { return }
    throw .conflict("The client \"\(id)\" is the config's; change it there and reload.")
  }

  private func keep(_ secret: Secret<String>) -> ClientSecret {
    ClientSecret(
      hash: hasher.hash(Secret(Array(secret.reveal().utf8))), created: clock.now(), expiry: nil)
  }

  private func context() -> CallContext {
    CallContext(request: nil, now: clock.now(), deadline: clock.now() + Self.deadline)
  }

  private static func generatedSecret() -> Secret<String> {
    Secret(Base64.url.encode(Random.bytes(32)))
  }

  private static func generatedID() throws(AdminFault) -> ClientID {
    guard let id = ClientID("c-" + Base64.url.encode(Random.bytes(12))) else {
      throw .unavailable("no client id could be made")
    }
    return id
  }
}
