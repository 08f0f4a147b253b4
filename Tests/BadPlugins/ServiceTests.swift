import ConformanceSupport
import JSON
import PluginHost
import Ports
import XCTest

/// The host's services: each only where the entry grants it.
final class ServiceTests: XCTestCase {
  private func status(_ grant: PluginGrant, _ behaviour: String) throws -> Int64? {
    try grant.decide(
      try .example(["behaviour": behaviour]), BuiltPlugins.context()
    ).claims["status"]?.integer
  }

  func testWithoutCapabilitiesEveryServiceIsDenied() throws {
    let grant = try BadLibrary("misbehaving").grant()
    for service in ["log", "metrics", "random", "state_get", "state_apply", "client.get"] {
      XCTAssertEqual(try status(grant, service), 9, service)
    }
    XCTAssertEqual(try status(grant, "no.such.service"), 12)
  }

  func testAPluginKeepsRecordsOfItsOwnInTheHostsStore() throws {
    let memory = try StoreUnderTest("storage-memory")
    let services = PluginServices(log: BuiltPlugins.quiet, state: memory.store)
    let grant = try BadLibrary("misbehaving").grant(
      BadLibrary.entry(["keep": true], capabilities: [.state], services: services))
    XCTAssertEqual(try status(grant, "created_status"), 0)
    XCTAssertEqual(try status(grant, "state_get"), 0)
    let counts = try memory.store.statistics(BuiltPlugins.context())
    XCTAssertEqual(counts.records, [RecordCount(kind: "plugin_state", count: 1)])
    let denied = try BadLibrary("misbehaving").grant(
      BadLibrary.entry(["keep": true], services: services))
    XCTAssertEqual(try status(denied, "created_status"), 9)
  }

  func testAGrantedServiceWorksOrSaysThatTheHostDoesNotOfferIt() throws {
    let counted = Tally<[String]>([])
    let memory = try StoreUnderTest("storage-memory")
    let services = PluginServices(
      log: BuiltPlugins.quiet,
      count: { name, amount in counted.withLock { $0.append("\(name)+\(amount)") } },
      state: memory.store,
      named: [
        "client.get": { _, _ throws(PluginServiceError) in ["client_id": "demo-client"] }
      ])
    let grant = try BadLibrary("misbehaving").grant(
      BadLibrary.entry(capabilities: Set(PluginCapability.all), services: services))
    for service in ["log", "metrics", "random", "client.get"] {
      XCTAssertEqual(try status(grant, service), 0, service)
    }
    XCTAssertEqual(counted.withLock { $0.first }, "misbehaving.vouchers+1.0")
    XCTAssertEqual(try status(grant, "state_get"), 1, "not found")
    XCTAssertEqual(try status(grant, "state_apply"), 9, "a decision has no side effects")
    let bare = try BadLibrary("misbehaving").grant(
      BadLibrary.entry(capabilities: Set(PluginCapability.all)))
    for service in ["metrics", "state_get", "client.get"] {
      XCTAssertEqual(try status(bare, service), 12, service)
    }
  }
}
