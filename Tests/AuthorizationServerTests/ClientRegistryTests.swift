import AuthorizationServer
import ConformanceSupport
import Diagnostics
import OAuth
import Ports
import XCTest

final class ClientRegistryTests: XCTestCase {
  private let now = Clock.system.now()

  private func client(_ scopes: String) throws -> Client {
    Client(
      id: try XCTUnwrap(ClientID("c")), secrets: [], authenticationMethods: [.none],
      grantTypes: [], scopes: try XCTUnwrap(ScopeSet(parsing: scopes)))
  }

  private func recalled(_ registry: ClientRegistry, at time: UnixTime) throws -> String? {
    guard case .known(let client) = registry.recall(try client("x").id, at: time) else {
      return nil
    }
    return client.scopes.description
  }

  func testAStoredClientIsFreshForASecondAndNoLongerWhateverTheClockDoes() throws {
    let repository = ClientRepository(store: try StoreUnderTest("storage-memory").store)
    let registry = ClientRegistry(configured: [], repository: repository)
    let client = try client("a")
    XCTAssertNil(try registry.client(client.id, BuiltPlugins.context(at: now)))
    XCTAssertNil(try recalled(registry, at: now))
    try repository.save(client, replacing: nil, BuiltPlugins.context(at: now))
    XCTAssertNotNil(try registry.client(client.id, BuiltPlugins.context(at: now)))
    XCTAssertEqual(try recalled(registry, at: now), "a")
    XCTAssertEqual(try recalled(registry, at: now + Lifetime(milliseconds: 999)), "a")
    XCTAssertNil(try recalled(registry, at: now + ClientRegistry.freshness))
    XCTAssertNil(try recalled(registry, at: now - .minutes(60)))
  }

  func testWhatIsForgottenIsAskedAgain() throws {
    let repository = ClientRepository(store: try StoreUnderTest("storage-memory").store)
    let registry = ClientRegistry(configured: [], repository: repository)
    let client = try client("a")
    try repository.save(client, replacing: nil, BuiltPlugins.context())
    _ = try registry.client(client.id, BuiltPlugins.context(at: now))
    registry.forget(client.id)
    XCTAssertNil(try recalled(registry, at: now))
  }

  func testAClientOfTheConfigHidesTheStoredOne() throws {
    let repository = ClientRepository(store: try StoreUnderTest("storage-memory").store)
    try repository.save(try client("stored"), replacing: nil, BuiltPlugins.context())
    let registry = ClientRegistry(
      configured: [try client("configured")], repository: repository)
    let id = try client("x").id
    XCTAssertEqual(registry.configuredClients.map(\.id), [id])
    XCTAssertEqual(
      try registry.client(id, BuiltPlugins.context())?.scopes.description, "configured")
  }
}
