import ConformanceSupport
import Diagnostics
import Foundation
import JSON
import OAuth
import PluginHost
import Ports
import XCTest

/// A grant in Swift that uses everything of the SDK, through the real host.
final class SDKTests: XCTestCase {
  /// Builds the fixture as an author would: a package of its own beside the checkout.
  private func built() throws -> (folder: TemporaryFolder, plugin: Plugin) {
    let folder = try TemporaryFolder()
    let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/Everything")
    for name in ["Package.swift", "Everything"] {
      try FileManager.default.copyItem(
        at: fixture.appendingPathComponent(name),
        to: URL(fileURLWithPath: folder.file(name)))
    }
    XCTAssertEqual(symlink(CCompiler.repository, folder.file("sallyport")), 0)
    let result = try CCompiler.run("swift", ["build", "--package-path", folder.path])
    XCTAssertEqual(result.status, 0, result.output)
    let library = folder.file(".build/debug/libgrant-everything.so")
    return (folder, try PluginLoader(directories: []).load(library))
  }

  private func ask(_ grant: PluginGrant, _ piece: String) throws -> GrantDecision {
    try grant.decide(
      try .example(scopes: "api.read", ["piece": piece, "more": "1", "more": "2"]),
      BuiltPlugins.context(at: UnixTime(seconds: 1_800_000_000)))
  }

  func testEverythingThatTheSDKOffersCrossesTheBoundary() throws {
    let (folder, plugin) = try built()
    withExtendedLifetime(folder) {}
    let declaration = try XCTUnwrap(plugin.grants.first).declaration
    XCTAssertEqual(declaration.parameters.map(\.name), ["piece", "more"])
    XCTAssertEqual(declaration.parameters.map(\.isRequired), [true, false])
    XCTAssertEqual(declaration.parameters.map(\.allowsMultiple), [false, true])
    XCTAssertEqual(declaration.parameters.map(\.isSecret), [false, true])
    XCTAssertFalse(declaration.isPure)
    try checkWhatItSees(plugin)
    try checkItsServices(plugin)
    try checkItsDecisions(plugin)
  }

  private func grant(_ plugin: Plugin, _ entry: PluginEntry = BadLibrary.entry()) throws
    -> PluginGrant
  {
    let grants = try plugin.makeGrants(entry, BuiltPlugins.context())
    return try XCTUnwrap(grants.first)
  }

  private func checkWhatItSees(_ plugin: Plugin) throws {
    let seen = try ask(grant(plugin), "request").claims
    XCTAssertEqual(seen["name"]?.string, "urn:example:grant-type:everything")
    XCTAssertEqual(seen["method"]?.string, "POST")
    XCTAssertEqual(seen["client"]?.string, "demo-client")
    XCTAssertEqual(seen["how"]?.string, "client_secret_basic")
    XCTAssertEqual(seen["confidential"], true)
    XCTAssertEqual(seen["allowed"], ["api.read", "api.write"])
    XCTAssertEqual(seen["more"], ["1", "2"])
    XCTAssertEqual(seen["artefact"], false)
    XCTAssertEqual(seen["time"]?.integer, 1_800_000_000_000)
    XCTAssertEqual(seen["deadline"], true)
    XCTAssertEqual(seen["cancelled"], false)
  }

  private func checkItsServices(_ plugin: Plugin) throws {
    let denied = try ask(grant(plugin), "services").claims
    for name in ["log", "metrics", "random", "ask"] {
      XCTAssertEqual(denied[name]?.string, "denied", name)
    }
    XCTAssertEqual(denied["unknown"]?.string, "unsupported")
    let services = PluginServices(
      log: BuiltPlugins.quiet, count: { _, _ in },
      named: ["client.get": { request, _ throws(PluginServiceError) in request }])
    let all = BadLibrary.entry(capabilities: Set(PluginCapability.all), services: services)
    let granted = try ask(grant(plugin, all), "services").claims
    for name in ["log", "metrics", "random", "ask"] {
      XCTAssertEqual(granted[name]?.string, "ok", name)
    }
  }

  private func checkItsDecisions(_ plugin: Plugin) throws {
    let trusted = try grant(plugin, BadLibrary.entry(capabilities: [.assertSubject]))
    guard case .asserted(let subject) = try ask(trusted, "asserted").subject else {
      return XCTFail("not asserted")
    }
    XCTAssertEqual(subject.text, "somebody")
    let wishes = try ask(trusted, "wishes")
    XCTAssertEqual(wishes.lifetimeCap?.milliseconds, 1000)
    XCTAssertEqual(wishes.responseMembers["hint"]?.string, "x")
    XCTAssertEqual(wishes.resources.map(\.text), ["https://api.example"])
    for piece in [
      "assertion", "artefact", "consume", "marks", "actor", "authentication", "details",
    ] {
      XCTAssertThrowsError(try ask(trusted, piece), piece) { error in
        guard case .broken(reason: .pluginUnsupportedAnswer, _)? = error as? GrantFailure
        else { return XCTFail("\(piece): \(error)") }
      }
    }
    XCTAssertThrowsError(try ask(trusted, "nothing")) { error in
      guard case .denied(let denial)? = error as? GrantFailure else { return XCTFail("\(error)") }
      XCTAssertEqual(denial.code, .access_denied)
      XCTAssertTrue(denial.detail.contains("asked for nothing known"))
    }
  }
}
