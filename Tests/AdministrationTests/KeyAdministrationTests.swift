import Administration
import ConformanceSupport
import Diagnostics
import HTTP
import HTTPServer
import JOSE
import JSON
import Synchronization
import Tokens
import XCTest

final class KeyAdministrationTests: XCTestCase {
  func testAKeysStateIsTheOneOfTheRingsOwnTime() throws {
    let now = Time(UnixTime(seconds: 1_800_000_000))
    let ring = try KeyRing(
      store: StoreUnderTest("storage-memory").store,
      masterKeys: MasterKeys([Secret([UInt8](repeating: 1, count: 32))]),
      policy: KeyPolicy(
        algorithms: [.es256], rotation: nil, documentLifetime: .minutes(1), refresh: .seconds(1),
        longestToken: .minutes(10)), clock: now.clock)
    let endpoints = KeyAdministration(keys: ring, clock: now.clock)
      .endpoints(allowedUsers: [0]) { work in
        work()
        return true
      }
    try ring.rotate(.es256)
    XCTAssertEqual(try states(endpoints), ["active", "published", "active"])
    now.advance(by: .minutes(2))
    XCTAssertEqual(try states(endpoints), ["retired", "active", "active"], "the last encrypts")
  }

  private func states(_ endpoints: [any Endpoint]) throws -> [String?] {
    let list = try XCTUnwrap(endpoints.first { $0.description.path == AdminPath.keys })
    let box = Box()
    list.respond(
      to: Request(
        id: RequestID.next(), method: .get, path: AdminPath.keys,
        peer: PeerAddress(host: .unix(user: 0), port: 0), isSecure: false),
      through: Responder { response, _ in box.response.withLock { $0 = response } })
    let body = try XCTUnwrap(box.response.withLock { $0 }).body
    return try XCTUnwrap(JSONValue(parsing: body).array).map { $0.object?["state"]?.string }
  }
}

private final class Box: Sendable {
  let response = Mutex<Response?>(nil)
}

/// A clock that stands until a test moves it.
private final class Time: Sendable {
  private let time: Mutex<UnixTime>

  init(_ start: UnixTime) { time = Mutex(start) }

  var clock: Clock { Clock { self.time.withLock { $0 } } }

  func advance(by lifetime: Lifetime) { time.withLock { $0 = $0 + lifetime } }
}
