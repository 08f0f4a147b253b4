import ConformanceSupport
import JSON
import OAuth
import PluginHost
import Ports
import XCTest

/// The client credentials grant as users load it: `libgrant-client-credentials.so`.
final class ClientCredentialsTests: XCTestCase {
  private func grant(trustsPure: Bool = true) throws -> PluginGrant {
    let plugin = try BuiltPlugins.loader.load("grant-client-credentials")
    let entry = PluginEntry(
      stateFolder: "/", trustsPure: trustsPure,
      services: PluginServices(log: BuiltPlugins.quiet))
    return try XCTUnwrap(plugin.makeGrants(entry, BuiltPlugins.context()).first)
  }

  private func request(scopes: String? = nil, parameters: [(String, String)] = []) throws
    -> TokenRequest
  {
    TokenRequest(
      client: try XCTUnwrap(ClientID("demo-client")), isConfidential: true,
      authentication: .client_secret_basic, allowedScopes: .empty,
      scopes: try scopes.map { try XCTUnwrap(ScopeSet(parsing: $0)) }, resources: [],
      parameters: parameters.map { (name: $0.0, value: $0.1) })
  }

  func testItDeclaresWhatItIs() throws {
    let plugin = try BuiltPlugins.loader.load("grant-client-credentials")
    XCTAssertEqual(plugin.name, "client-credentials")
    XCTAssertEqual(plugin.sha256.utf8.count, 64)
    XCTAssertNil(plugin.storage)
    let declaration = try XCTUnwrap(plugin.grants.first).declaration
    XCTAssertEqual(declaration.grantType.text, "client_credentials")
    XCTAssertTrue(declaration.isPure)
    XCTAssertNil(declaration.artefact)
    XCTAssertEqual(declaration.parameters.count, 0)
  }

  func testItGivesTheClientWhatItAskedFor() throws {
    for trustsPure in [true, false] {
      let decision = try grant(trustsPure: trustsPure).decide(
        try request(scopes: "api.read api.write"), BuiltPlugins.context())
      XCTAssertEqual(decision.scopes?.description, "api.read api.write")
      guard case .client = decision.subject else { return XCTFail("not for the client") }
      XCTAssertTrue(decision.claims.isEmpty)
    }
  }

  func testWithoutScopesItLeavesThemToTheHost() throws {
    XCTAssertNil(try grant().decide(try request(), BuiltPlugins.context()).scopes)
  }
}
