import AuthorizationServer
import ConformanceSupport
import Cryptography
import Diagnostics
import HTTP
import HTTPServer
import JOSE
import JSON
import OAuth
import PluginHost
import Ports
import Synchronization
import Tokens
import XCTest

/// A token endpoint over the built plugins, whose pools run at once and count what they are given.
final class TokenRig: Sendable {
  let endpoint: TokenEndpoint
  let pools = Pools()
  private let store: StoreUnderTest

  static let master = Secret([UInt8](repeating: 1, count: 32))
  static let olderMaster = Secret([UInt8](repeating: 2, count: 32))

  /// One client `c` with the secret `s`, kept under the older master key, and two resources.
  init(secondResource: JWSAlgorithm? = nil) throws {
    store = try StoreUnderTest("storage-memory")
    let hasher = try ClientSecretHasher(master: Self.master, older: [Self.olderMaster])
    let ring = try KeyRing(
      store: store.store, masterKeys: MasterKeys([Self.master]),
      policy: KeyPolicy(
        algorithms: [.es256, .rs256], rotation: nil, documentLifetime: .minutes(1),
        refresh: .seconds(1), longestToken: .minutes(10)))
    let issuer = try XCTUnwrap(Issuer("https://issuer.example/tenant"))
    endpoint = TokenEndpoint(
      TokenEndpoint.Parts(
        base: issuer.path, pages: ErrorPages(of: issuer), grants: try Self.grants(store),
        clients: ClientRegistry(
          configured: try Self.clients(), repository: ClientRepository(store: store.store)),
        hasher: hasher, resources: try Self.resources(secondResource),
        tokens: TokenDefaults(format: .jws, algorithm: .es256, lifetime: .minutes(5)),
        issuer: TokenIssuer(issuer: issuer, keys: ring), store: store.store),
      offload: Offload(computing: pools.compute, waiting: pools.wait), clock: .system)
  }

  private static func grants(_ store: StoreUnderTest) throws -> GrantCatalogue {
    let made = try BuiltPlugins.loader.load("grant-client-credentials").makeGrants(
      PluginEntry(
        configuration: JSONObject(), stateFolder: store.folder.path,
        services: PluginServices(log: BuiltPlugins.quiet)), BuiltPlugins.context())
    return try GrantCatalogue(
      made.map { GrantCatalogue.Entry(grant: $0, trustedAsPure: true, source: "built") })
  }

  private static func clients() throws -> [Client] {
    let kept = try ClientSecretHasher(master: olderMaster).hash(Secret(Array("s".utf8)))
    let grant = try XCTUnwrap(GrantType("client_credentials"))
    func client(_ id: String, _ scopes: String, grants: Set<GrantType>) throws -> Client {
      Client(
        id: try XCTUnwrap(ClientID(id)),
        secrets: [ClientSecret(hash: kept, created: UnixTime(seconds: 0), expiry: nil)],
        authenticationMethods: [.client_secret_post, .client_secret_basic], grantTypes: grants,
        scopes: try XCTUnwrap(ScopeSet(parsing: scopes)))
    }
    return [
      try client("c", "a.read a.write b.read", grants: [grant]),
      try client("grantless", "a.read", grants: []),
    ]
  }

  private static func resources(_ second: JWSAlgorithm?) throws -> ResourceCatalogue {
    func resource(_ name: String, _ scopes: [String], _ tokens: TokenPreferences) throws -> Resource
    {
      Resource(
        id: name, audience: try XCTUnwrap(Audience("https://\(name).example")),
        scopes: try scopes.map { (scope: try XCTUnwrap(Scope($0)), description: $0) },
        tokens: tokens)
    }
    return ResourceCatalogue([
      try resource("a", ["a.read", "a.write", "a.admin"], TokenPreferences()),
      try resource("b", ["b.read"], TokenPreferences(algorithm: second, lifetime: .seconds(30))),
    ])
  }

  /// The answer to a form; the client `c` authenticates in the body unless the form says otherwise.
  func ask(
    _ form: String, as credentials: String = "client_id=c&client_secret=s&",
    contentType: String = "application/x-www-form-urlencoded", query: String? = nil,
    authorization: [FieldValue] = []
  ) throws -> (response: Response, json: JSONObject) {
    var fields = Fields()
    fields.append(.contentType, try XCTUnwrap(FieldValue(contentType)))
    for value in authorization { fields.append(.authorization, value) }
    let answer = Answer()
    endpoint.respond(
      to: Request(
        id: RequestID.next(), method: .post, path: "/tenant/oauth2/v1/token", query: query,
        fields: fields, body: Array((credentials + form).utf8),
        peer: PeerAddress(host: .ipv4(0x7f00_0001), port: 1), isSecure: true),
      through: Responder { response, _ in answer.response.withLock { $0 = response } })
    let response = try XCTUnwrap(answer.response.withLock { $0 })
    return (response, try XCTUnwrap(JSONValue(parsing: response.body).object))
  }
}

/// Runs at once what a pool is given, and counts it.
final class Pools: Sendable {
  private let counts = Mutex((computing: 0, waiting: 0))

  var computed: Int { counts.withLock { $0.computing } }
  var waited: Int { counts.withLock { $0.waiting } }

  @Sendable func compute(_ work: @escaping @Sendable () -> Void) -> Bool {
    counts.withLock { $0.computing += 1 }
    work()
    return true
  }

  @Sendable func wait(_ work: @escaping @Sendable () -> Void) -> Bool {
    counts.withLock { $0.waiting += 1 }
    work()
    return true
  }
}

final class Answer: Sendable {
  let response = Mutex<Response?>(nil)
}
