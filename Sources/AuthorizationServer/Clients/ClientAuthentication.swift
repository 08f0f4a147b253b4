public import Diagnostics
internal import HTTP
internal import OAuth
public import Ports

/// How the endpoints learn which client asks: one step that they share.
public struct ClientAuthentication: Sendable {
  private let clients: ClientRegistry
  private let authenticator: ClientAuthenticator
  let offload: Offload
  let clock: Clock
  /// Where refusals are explained.
  let pages: ErrorPages

  /// How long one request may take, plugins and storage included.
  public static let deadline = Lifetime.seconds(10)

  /// Authentication of registered clients.
  public init(
    clients: ClientRegistry, hasher: ClientSecretHasher, offload: Offload, clock: Clock,
    pages: ErrorPages
  ) {
    self.clients = clients
    authenticator = ClientAuthenticator(hasher: hasher)
    self.offload = offload
    self.clock = clock
    self.pages = pages
  }

  /// What goes along with everything that is done for a request.
  func context(_ id: RequestID) -> CallContext {
    let now = clock.now()
    return CallContext(request: id, now: now, deadline: now + Self.deadline)
  }

  /// What memory says of the client that credentials name.
  func recall(_ presented: PresentedCredentials, _ context: CallContext) -> ClientRegistry.Answer {
    clients.recall(presented.client, at: context.now)
  }

  /// The client that credentials name, or nil.
  ///
  /// May block.
  func fetch(
    _ presented: PresentedCredentials, _ context: CallContext
  ) throws(OAuthError) -> Client? {
    do throws(StorageError) {
      return try clients.client(presented.client, context)
    } catch {
      throw .storage(error)
    }
  }

  /// The client, if the credentials are good.
  func authenticate(
    _ presented: PresentedCredentials, as client: Client?, _ context: CallContext
  ) throws(OAuthError) -> AuthenticatedClient {
    try authenticator.authenticate(presented, as: client, at: context.now)
  }

  /// Reads a request's form, authenticates its client, and goes on with both.
  ///
  /// At once where memory knows the client, else from the waiting pool. What is refused is answered
  /// here, and so is what the rest throws.
  func identify(
    _ request: Request, _ exchange: ClientExchange,
    _ rest:
      @escaping @Sendable (AuthenticatedClient, ClientForm, CallContext) throws(OAuthError)
      -> Void
  ) {
    let form: ClientForm
    let presented: PresentedCredentials
    do throws(OAuthError) {
      form = try ClientForm(request)
      presented = try PresentedCredentials(request, form)
    } catch {
      exchange.refuse(error)
      return
    }
    let context = context(exchange.id)
    let goOn: @Sendable (Client?) throws(OAuthError) -> Void = { client throws(OAuthError) in
      try rest(try authenticate(presented, as: client, context), form, context)
    }
    let work: @Sendable () -> Void
    switch recall(presented, context) {
    case .known(let client):
      Self.run(exchange, presented) { () throws(OAuthError) in try goOn(client) }
      return
    case .ask:
      work = {
        Self.run(exchange, presented) { () throws(OAuthError) in
          try goOn(try fetch(presented, context))
        }
      }
    }
    if !offload.waiting(work) { exchange.refuse(.overloaded) }
  }

  private static func run(
    _ exchange: ClientExchange, _ presented: PresentedCredentials,
    _ body: () throws(OAuthError) -> Void
  ) {
    do throws(OAuthError) {
      try body()
    } catch {
      exchange.refuse(error, client: presented.client)
    }
  }
}
