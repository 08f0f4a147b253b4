import Administration
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

final class ClientAdministrationTests: XCTestCase {
  private let me = PeerAddress(host: .unix(user: 1000), port: 0)

  func testOnlyTheRightUserOnTheUnixSocketIsAnswered() throws {
    let rig = try Rig()
    for host in [PeerAddress.Host.unix(user: 1001), .ipv4(0x7f00_0001), .ipv6(high: 0, low: 1)] {
      let answer = try rig.ask(.get, AdminPath.clients, from: PeerAddress(host: host, port: 0))
      XCTAssertEqual(answer.status, .forbidden)
      XCTAssertEqual(answer.fields[.contentType], "application/problem+json")
    }
    XCTAssertEqual(rig.offloaded.withLock { $0 }, 0, "a refused peer takes no place in the pool")
    XCTAssertEqual(try rig.ask(.get, AdminPath.clients, from: me).status, .ok)
  }

  func testAClientThatCouldNeverGetATokenIsRefusedWhenItIsMade() throws {
    let rig = try Rig()
    let refused = [
      (#"{"grantTypes":["password"],"scopes":["api.read"]}"#, "client_credentials"),
      (#"{"grantTypes":["client_credentials"],"scopes":["api.raed"]}"#, "api.read"),
      (#"{"grantTypes":["client_credentials"],"public":true}"#, "public"),
      (#"{"grantTypes":["client_credentials"],"algorithm":"PS256"}"#, "ES256"),
      (#"{"grantTypes":["client_credentials"],"lifetime":0}"#, "lifetime"),
      (#"{"grantTypes":["client_credentials"],"lifetime":86401}"#, "lifetime"),
      (#"{"grantTypes":["client_credentials"],"public":"no"}"#, "public"),
      (#"{"grantTypes":[]}"#, "grantTypes"), (#"{"grantTypes":"x"}"#, "grantTypes"),
      ("[]", "object"), ("{", "JSON"),
    ]
    for (body, told) in refused {
      let answer = try rig.ask(.post, AdminPath.clients, body, from: me)
      XCTAssertEqual(answer.status, .badRequest, body)
      let text = String(decoding: answer.body, as: UTF8.self)
      XCTAssertTrue(text.contains(told), text)
    }
  }

  func testASecretIsShownOnceAndOverlapsItsSuccessorForAsLongAsAsked() throws {
    let rig = try Rig()
    let body = #"{"id":"c","grantTypes":["client_credentials"],"scopes":["api.read"]}"#
    let created = try rig.object(.post, AdminPath.clients, body, from: me)
    let secret = try XCTUnwrap(created["secret"]?.string)
    XCTAssertEqual(secret.utf8.count, 43)
    XCTAssertEqual(try rig.ask(.post, AdminPath.clients, body, from: me).status, .conflict)
    let shown = try rig.ask(.post, AdminPath.clientShow, #"{"id":"c"}"#, from: me)
    XCTAssertFalse(String(decoding: shown.body, as: UTF8.self).contains(secret))

    let rotate = #"{"id":"c","overlap":60}"#
    let next = try rig.object(.post, AdminPath.clientRotate, rotate, from: me)["secret"]?.string
    let kept = try rig.kept("c")
    XCTAssertEqual(kept.map(\.hash), try [next, secret].map { try rig.hash($0) })
    XCTAssertTrue(kept.allSatisfy { $0.isLive(at: rig.now + .seconds(59)) })
    XCTAssertEqual(kept.map { $0.isLive(at: rig.now + .seconds(60)) }, [true, false])

    // A longer overlap does not prolong the first; a moved clock drops what has ended.
    rig.advance(by: .seconds(60))
    _ = try rig.object(.post, AdminPath.clientRotate, rotate, from: me)
    XCTAssertFalse(try rig.kept("c").map(\.hash).contains(try rig.hash(secret)))
  }

  func testARotationNeverKeepsMoreSecretsThanTheLimit() throws {
    let rig = try Rig()
    _ = try rig.ask(
      .post, AdminPath.clients, #"{"id":"c","grantTypes":["client_credentials"]}"#, from: me)
    let rotate = #"{"id":"c","overlap":9223372036854775807}"#
    for _ in 0..<6 {
      XCTAssertEqual(try rig.ask(.post, AdminPath.clientRotate, rotate, from: me).status, .ok)
    }
    XCTAssertEqual(try rig.kept("c").count, Client.secretLimit)
  }

  func testWhatIsTheConfigsOrIsNotThereIsLeftAlone() throws {
    let rig = try Rig()
    let configured = #"{"id":"configured"}"#
    XCTAssertEqual(
      try rig.object(.post, AdminPath.clientShow, configured, from: me)["source"], "config")
    let list = try rig.ask(.get, AdminPath.clients, from: me)
    XCTAssertEqual(try JSONValue(parsing: list.body).array?.count, 1)
    for path in [AdminPath.clientShow, AdminPath.clientRotate, AdminPath.clientDelete] {
      if path != AdminPath.clientShow {
        XCTAssertEqual(try rig.ask(.post, path, configured, from: me).status, .conflict)
      }
      XCTAssertEqual(try rig.ask(.post, path, #"{"id":"nobody"}"#, from: me).status, .notFound)
      XCTAssertEqual(try rig.ask(.post, path, "{}", from: me).status, .badRequest)
    }
  }
}

/// The admin endpoints over the built plugins, with a clock to move and an inline pool.
private final class Rig: Sendable {
  let store: StoreUnderTest
  let hasher: ClientSecretHasher
  let endpoints: Mutex<[any Endpoint]> = Mutex([])
  let offloaded = Mutex(0)
  private let time = Mutex(Clock.system.now())

  init() throws {
    store = try StoreUnderTest("storage-memory")
    hasher = try ClientSecretHasher(master: Secret([UInt8](repeating: 1, count: 32)))
    let plugin = try BuiltPlugins.loader.load("grant-client-credentials")
    let services = PluginServices(log: BuiltPlugins.quiet)
    let grants = try plugin.makeGrants(
      PluginEntry(configuration: JSONObject(), stateFolder: store.folder.path, services: services),
      BuiltPlugins.context())
    let administration = ClientAdministration(
      repository: ClientRepository(store: store.store), hasher: hasher,
      clock: Clock { [weak self] in self?.now ?? UnixTime(seconds: 0) },
      offered: ClientAdministration.Offered(
        grants: try GrantCatalogue(
          grants.map { GrantCatalogue.Entry(grant: $0, trustedAsPure: false, source: "built") }),
        scopes: try XCTUnwrap(ScopeSet(parsing: "api.read api.write")),
        algorithms: [.es256]),
      configured: [try Self.configured()],
      revocations: try Revocations(store: store.store) { work in
        work()
        return true
      }, changed: { _ in })
    let made = administration.endpoints(allowedUsers: [1000]) { [weak self] work in
      self?.offloaded.withLock { $0 += 1 }
      work()
      return true
    }
    endpoints.withLock { $0 = made }
  }

  private static func configured() throws -> Client {
    Client(
      id: try XCTUnwrap(ClientID("configured")), secrets: [], authenticationMethods: [.none],
      grantTypes: [], scopes: .empty)
  }

  var now: UnixTime { time.withLock { $0 } }

  func advance(by lifetime: Lifetime) { time.withLock { $0 = $0 + lifetime } }

  func hash(_ secret: String?) throws -> Digest256 {
    hasher.hash(Secret(Array(try XCTUnwrap(secret).utf8)))
  }

  func kept(_ id: String) throws -> [ClientSecret] {
    let repository = ClientRepository(store: store.store)
    let id = try XCTUnwrap(ClientID(id))
    return try XCTUnwrap(repository.client(id, BuiltPlugins.context())).client.secrets
  }

  func ask(
    _ method: HTTP.Method, _ path: String, _ body: String = "", from peer: PeerAddress
  ) throws -> Response {
    let endpoint = try XCTUnwrap(
      endpoints.withLock { $0 }.first {
        $0.description.path == path && $0.description.methods == [method]
      })
    let answer = Answer()
    endpoint.respond(
      to: Request(
        id: RequestID.next(), method: method, path: path,
        fields: Fields([.contentType: "application/json"]), body: Array(body.utf8), peer: peer,
        isSecure: false),
      through: Responder { response, _ in answer.response.withLock { $0 = response } })
    return try XCTUnwrap(answer.response.withLock { $0 })
  }

  func object(
    _ method: HTTP.Method, _ path: String, _ body: String, from peer: PeerAddress
  ) throws -> JSONObject {
    let answer = try ask(method, path, body, from: peer)
    XCTAssertEqual(answer.status, .ok, String(decoding: answer.body, as: UTF8.self))
    return try XCTUnwrap(JSONValue(parsing: answer.body).object)
  }
}

private final class Answer: Sendable {
  let response = Mutex<Response?>(nil)
}
