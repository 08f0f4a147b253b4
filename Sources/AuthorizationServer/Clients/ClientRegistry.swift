public import Diagnostics
public import OAuth
public import Ports
internal import Synchronization

/// The clients of the config and of storage, answered from memory where they can be.
///
/// A client of the config hides one of the same identifier in storage. A stored client is kept in
/// memory for `freshness`; commands on this instance drop it at once.
public final class ClientRegistry: Sendable {
  /// What is known without waiting.
  public enum Answer: Sendable {
    /// This client.
    case known(Client)
    /// Only storage can tell.
    case ask
  }

  private struct Cached {
    let client: Client
    let since: UnixTime

    /// A clock that went back makes nothing fresh for longer.
    func isFresh(at now: UnixTime) -> Bool { since <= now && now < since + freshness }
  }

  private struct Memory {
    var clients: [ClientID: Cached] = [:]
    /// Counts what was forgotten, so that a read begun before it is not remembered after it.
    var generation: UInt64 = 0
  }

  /// How long a stored client may be answered from memory.
  public static let freshness = Lifetime.seconds(1)
  /// How many stored clients are kept in memory.
  public static let capacity = 10_000

  private let configured: [ClientID: Client]
  private let repository: ClientRepository
  private let memory = Mutex(Memory())

  /// A registry over the clients of a config and those in storage.
  public init(configured: [Client], repository: ClientRepository) {
    self.configured = Dictionary(configured.map { ($0.id, $0) }) { first, _ in first }
    self.repository = repository
  }

  /// What memory says of a client.
  public func recall(_ id: ClientID, at now: UnixTime) -> Answer {
    if let client = configured[id] { return .known(client) }
    let cached = memory.withLock { $0.clients[id] }
    guard let cached, cached.isFresh(at: now) else { return .ask }
    return .known(cached.client)
  }

  /// The client, from memory or storage; nil if there is none.
  ///
  /// May block.
  public func client(_ id: ClientID, _ context: CallContext) throws(StorageError) -> Client? {
    if case .known(let client) = recall(id, at: context.now) { return client }
    let generation = memory.withLock { $0.generation }
    guard let stored = try repository.client(id, context) else { return nil }
    memory.withLock { memory in
      guard memory.generation == generation else { return }
      if memory.clients.count >= Self.capacity { memory.clients.removeAll(keepingCapacity: true) }
      memory.clients[id] = Cached(client: stored.client, since: context.now)
    }
    return stored.client
  }

  /// Forgets what memory holds of a client that has changed.
  public func forget(_ id: ClientID) {
    memory.withLock { memory in
      memory.clients[id] = nil
      memory.generation &+= 1
    }
  }

  /// The clients that the config names, in the order of their identifiers.
  public var configuredClients: [Client] { configured.values.sorted { $0.id.text < $1.id.text } }
}
