import ConformanceSupport
import Cryptography
import Diagnostics
import JOSE
import OAuth
import Ports
import XCTest

final class ClientTests: XCTestCase {
  private let now = UnixTime(seconds: 1_800_000_000)
  private let master = Secret([UInt8](repeating: 1, count: 32))

  private func client(_ tokens: TokenPreferences = TokenPreferences()) throws -> Client {
    let hasher = try ClientSecretHasher(master: master)
    return Client(
      id: try XCTUnwrap(ClientID("a client")),
      secrets: [
        ClientSecret(hash: hasher.hash(Secret([1])), created: now, expiry: nil),
        ClientSecret(hash: hasher.hash(Secret([2])), created: now, expiry: now + .minutes(1)),
      ],
      authenticationMethods: [.client_secret_basic, .client_secret_post],
      grantTypes: [try XCTUnwrap(GrantType("client_credentials"))],
      scopes: try XCTUnwrap(ScopeSet(parsing: "b a")), tokens: tokens)
  }

  func testAClientComesBackFromStorageAsItWent() throws {
    let repository = ClientRepository(store: try StoreUnderTest("storage-memory").store)
    let preferences = TokenPreferences(format: .uuid, algorithm: .rs256, lifetime: .seconds(90))
    let client = try client(preferences)
    try repository.save(client, replacing: nil, BuiltPlugins.context())
    let found = try XCTUnwrap(repository.client(client.id, BuiltPlugins.context())).client
    XCTAssertEqual(found.id, client.id)
    XCTAssertEqual(found.secrets.map(\.hash), client.secrets.map(\.hash))
    XCTAssertEqual(found.secrets.map(\.created), client.secrets.map(\.created))
    XCTAssertEqual(found.secrets.map(\.expiry), client.secrets.map(\.expiry))
    XCTAssertEqual(found.authenticationMethods, client.authenticationMethods)
    XCTAssertEqual(found.grantTypes, client.grantTypes)
    XCTAssertEqual(found.scopes, client.scopes)
    XCTAssertEqual(found.tokens, preferences)
  }

  func testAClientIsNeverMadeOverAnotherNorFromAnOldReading() throws {
    let rig = try StoreUnderTest("storage-memory")
    let repository = ClientRepository(store: rig.store)
    let client = try client()
    try repository.save(client, replacing: nil, BuiltPlugins.context())
    assertConflict { try repository.save(client, replacing: nil, BuiltPlugins.context()) }
    let stored = try XCTUnwrap(repository.client(client.id, BuiltPlugins.context()))
    try repository.save(client, replacing: stored.version, BuiltPlugins.context())
    assertConflict {
      try repository.save(client, replacing: stored.version, BuiltPlugins.context())
    }
    assertConflict {
      _ = try rig.store.applyAndWait(
        [ClientRepository.deletion(of: stored)], BuiltPlugins.context())
    }
  }

  func testARecordThatIsNoClientIsRefusedAndNeverTakenForNone() throws {
    let rig = try StoreUnderTest("storage-memory")
    let repository = ClientRepository(store: rig.store)
    let id = try XCTUnwrap(ClientID("broken"))
    let key = RecordKey(kind: ClientRepository.kind, key: Array(id.text.utf8))
    for value in ["not json", "[]", "{}", #"{"v":2,"id":"broken"}"#] {
      try rig.apply([.put(key, value)])
      XCTAssertThrowsError(try repository.client(id, BuiltPlugins.context()), value) { error in
        guard case .unavailable? = error as? StorageError else { return XCTFail("\(error)") }
      }
    }
  }

  func testAnOverlapEndsASecretEarlierAndNeverLater() throws {
    let secrets = try client().secrets
    XCTAssertEqual(secrets[0].ending(by: now + .minutes(5)).expiry, now + .minutes(5))
    XCTAssertEqual(secrets[1].ending(by: now + .minutes(5)).expiry, now + .minutes(1))
    XCTAssertTrue(secrets[1].isLive(at: now))
    XCTAssertFalse(secrets[1].isLive(at: now + .minutes(1)))
  }

  func testASecretKeptUnderAnOlderMasterKeyIsStillRecognised() throws {
    let secret = Secret(Array("chosen by somebody".utf8))
    let kept = try ClientSecretHasher(master: master).hash(secret)
    let newer = Secret([UInt8](repeating: 2, count: 32))
    let hasher = try ClientSecretHasher(master: newer, older: [master])
    XCTAssertNotEqual(hasher.hash(secret), kept)
    XCTAssertTrue(hasher.hashes(secret).contains(kept))
    XCTAssertFalse(try ClientSecretHasher(master: newer).hashes(secret).contains(kept))
  }

  private func assertConflict(_ body: () throws -> Void, line: UInt = #line) {
    XCTAssertThrowsError(try body(), line: line) { error in
      XCTAssertEqual(error as? StorageError, .conflict(change: 0), line: line)
    }
  }
}
