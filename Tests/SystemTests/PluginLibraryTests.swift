import Foundation
import Harness
import XCTest

/// Grants and storage are files: take one away, put another in its place, and see.
final class PluginLibraryTests: XCTestCase {
  /// A folder with the built plugins, as an installation has them.
  private func copies(in folder: ScratchFolder) throws {
    for name in ["grant-client-credentials", "storage-sqlite", "storage-memory"] {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: Program.plugin(name)))
      try folder.write("plugins/lib\(name).so", [UInt8](bytes), mode: 0o600)
    }
  }

  private func deployment(grant: String) throws -> Deployment {
    try Deployment(
      .standard.with("plugins", DeploymentConfig.plugins(grant: grant, directory: "plugins")),
      start: false)
  }

  func testAMissingLibraryMakesTheStartFailWithItsName() throws {
    for name in ["grant-client-credentials", "storage-sqlite"] {
      let deployment = try deployment(grant: #"{ load: "grant-client-credentials" }"#)
      try copies(in: deployment.folder)
      try deployment.start()
      try deployment.stop()
      try FileManager.default.removeItem(atPath: deployment.folder.path("plugins/lib\(name).so"))
      let refusal = try deployment.refusal()
      XCTAssertEqual(refusal.exitCode, 2)
      XCTAssertTrue(refusal.errors.contains("lib\(name).so"), refusal.errors)
      XCTAssertTrue(refusal.errors.contains("sallyport.json5:"), refusal.errors)
    }
  }

  func testALibraryThatAlwaysDeniesStopsAllTokens() throws {
    let deployment = try deployment(grant: #"{ load: "grant-client-credentials", pure: true }"#)
    try copies(in: deployment.folder)
    try deployment.start()
    XCTAssertEqual(
      try deployment.caller().post("/oauth2/v1/token", form: Deployment.form()).status, 200)
    try deployment.stop()
    try GrantInC.compile(
      [#"-DGRANT_TYPE="client_credentials""#, "-DALWAYS_DENY"],
      to: deployment.folder.path("plugins/libgrant-client-credentials.so"))
    try deployment.start()
    for client in ["app", "app-rs256", "app-uuid"] {
      let answer = try deployment.caller().post(
        "/oauth2/v1/token", form: Deployment.form(client))
      assertOAuthError(answer, 400, "access_denied")
      XCTAssertEqual(try answer.string("error_description"), "this grant does not like that")
      XCTAssertFalse(answer.text.contains("the fixture refuses"))
    }
    try eventually(until: "the log has the detail") {
      deployment.log.contains("the fixture refuses")
    }
  }

  func testAGrantInCWithAnUnknownNameIssuesTokens() throws {
    let grant = "urn:example:grant:greeting"
    let deployment = try deployment(grant: #"{ load: "greeting.so" }"#)
    try copies(in: deployment.folder)
    try GrantInC.compile(
      [#"-DGRANT_TYPE="\#(grant)""#], to: deployment.folder.path("plugins/greeting.so"))
    let entry = DeploymentConfig.client("app")
      .replacingOccurrences(of: "client_credentials", with: grant)
    try deployment.write(
      .standard.with(
        "plugins",
        DeploymentConfig.plugins(grant: #"{ load: "./plugins/greeting.so" }"#)
      ).with("clients", "[\(entry)]"))
    try deployment.start()
    let caller = try deployment.caller()
    let form = [("grant_type", grant), ("scope", "api.read")]
    let answer = try caller.post(
      "/oauth2/v1/token", form: form + [("greeting", "hello")], fields: [basic("app")])
    XCTAssertEqual(answer.status, 200, answer.text)
    XCTAssertEqual(try answer.string("greeting"), "hello yourself")
    let token = try answer.string("access_token")
    XCTAssertEqual(try caller.get("/api/x", token: token).status, 200)
    assertOAuthError(
      try caller.post(
        "/oauth2/v1/token", form: form + [("greeting", "goodbye")], fields: [basic("app")]), 400,
      "access_denied")
    assertOAuthError(
      try caller.post("/oauth2/v1/token", form: Deployment.form()), 400, "unsupported_grant_type")
    let metadata = try caller.send("GET", "/.well-known/oauth-authorization-server").json
    XCTAssertEqual(metadata["grant_types_supported"] as? [String], [grant])
  }

  func testALibraryThatOthersMayWriteIsRefused() throws {
    let deployment = try deployment(grant: #"{ load: "grant-client-credentials" }"#)
    try copies(in: deployment.folder)
    chmod(deployment.folder.path("plugins/libgrant-client-credentials.so"), 0o666)
    let refusal = try deployment.refusal()
    XCTAssertEqual(refusal.exitCode, 2)
    XCTAssertTrue(refusal.errors.contains("libgrant-client-credentials.so"), refusal.errors)
  }

  func testALibraryThatIsNotTheOnePinnedIsRefused() throws {
    let sum = String(repeating: "0", count: 64)
    let deployment = try deployment(
      grant: #"{ load: "grant-client-credentials", sha256: "\#(sum)" }"#)
    try copies(in: deployment.folder)
    let refusal = try deployment.refusal()
    XCTAssertEqual(refusal.exitCode, 2)
    let real = try execute(
      "sha256sum", [deployment.folder.path("plugins/libgrant-client-credentials.so")]
    ).output.prefix(64)
    XCTAssertTrue(refusal.errors.contains(real), refusal.errors)
  }

  func testAClientOfAGrantThatIsNotLoadedIsAConfigError() throws {
    let entry = DeploymentConfig.client("app")
      .replacingOccurrences(of: "client_credentials", with: "urn:example:nobody")
    let refusal = try Deployment(.standard.with("clients", "[\(entry)]"), start: false).refusal()
    XCTAssertEqual(refusal.exitCode, 2)
    XCTAssertTrue(refusal.errors.contains("urn:example:nobody"), refusal.errors)
  }

  func testTheMemoryStoreServesTheSameTokens() throws {
    let deployment = try Deployment(
      .standard.with(
        "plugins", DeploymentConfig.plugins(storage: #"{ load: "storage-memory" }"#)))
    for client in ["app", "app-uuid"] {
      let token = try deployment.token(client)
      XCTAssertEqual(try deployment.caller().get("/api/x", token: token).status, 200)
    }
  }
}
