import ConformanceSupport
import Diagnostics
import Foundation
import JSON
import OAuth
import PluginHost
import Ports
import XCTest

/// What every grant that comes with Sallyport must do, on the libraries that users load.
final class GrantContractTests: XCTestCase {
  /// The grants: a new one is one line here.
  private static let plugins = ["grant-client-credentials"]

  private func each(_ body: (String, PluginGrant) throws -> Void) throws {
    for name in Self.plugins {
      for trustsPure in [true, false] {
        let entry = PluginEntry(
          stateFolder: "/", trustsPure: trustsPure,
          services: PluginServices(log: BuiltPlugins.quiet))
        let plugin = try BuiltPlugins.loader.load(name)
        for grant in try plugin.makeGrants(entry, BuiltPlugins.context()) { try body(name, grant) }
      }
    }
  }

  private static func request(isConfidential: Bool = true, scopes: String) throws -> TokenRequest {
    TokenRequest(
      client: try XCTUnwrap(ClientID("demo-client")), isConfidential: isConfidential,
      authentication: .client_secret_post, allowedScopes: .empty,
      scopes: ScopeSet(parsing: scopes), resources: [], parameters: [])
  }

  func testItsSchemaRefusesWhatItDoesNotKnow() throws {
    for name in Self.plugins {
      let entry = PluginEntry(
        configuration: ["no such option": 1], stateFolder: "/",
        services: PluginServices(log: BuiltPlugins.quiet))
      XCTAssertThrowsError(
        try BuiltPlugins.loader.load(name).validate(entry, BuiltPlugins.context())
      ) { error in
        XCTAssertTrue("\(error)".contains("/no such option"), "\(error)")
      }
    }
  }

  func testItTakesManyRequestsAtOnceAndMixesNoneUp() throws {
    try each { name, grant in
      let wrong = Tally(0)
      let group = DispatchGroup()
      for thread in 0..<16 {
        let request = try Self.request(scopes: "scope.\(thread)")
        group.enter()
        Thread {
          for _ in 0..<200 {
            // A failure shows in the count below.
            let decision = try? grant.decide(request, BuiltPlugins.context())
            if decision?.scopes?.description != "scope.\(thread)" {
              wrong.withLock { $0 += 1 }
            }
          }
          group.leave()
        }.start()
      }
      group.wait()
      XCTAssertEqual(wrong.withLock { $0 }, 0, name)
    }
  }

  func testAGrantForConfidentialClientsNeverSeesAPublicOne() throws {
    try each { name, grant in
      XCTAssertThrowsError(
        try grant.decide(
          try Self.request(isConfidential: false, scopes: "a"), BuiltPlugins.context()), name
      ) { error in
        guard case .denied(let denial)? = error as? GrantFailure else {
          return XCTFail("\(error)")
        }
        XCTAssertEqual(denial.code, .unauthorized_client)
      }
    }
  }

  func testAnInstanceComesAndGoesWithoutATrace() throws {
    let before = try threads()
    for _ in 0..<50 {
      try each { name, grant in
        XCTAssertNil(grant.illness)
        let decision = try grant.decide(
          try Self.request(scopes: "a"), BuiltPlugins.context())
        XCTAssertEqual(decision.scopes?.description, "a", name)
      }
    }
    let end = Date(timeIntervalSinceNow: 10)
    while try threads() > before + 4, Date() < end { Thread.sleep(forTimeInterval: 0.01) }
    XCTAssertLessThanOrEqual(try threads(), before + 4)
  }

  private func threads() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
  }
}
