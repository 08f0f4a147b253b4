import ConformanceSupport
import Diagnostics
import Foundation
import JSON
import PluginHost
import XCTest

/// A fixture in C, compiled into a folder of its own outside the package.
struct BadLibrary {
  let folder: TemporaryFolder
  let path: String

  init(_ fixture: String, _ macros: [String] = []) throws {
    folder = try TemporaryFolder()
    path = folder.file("libbad.so")
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/\(fixture).c").path
    let compiled = try CCompiler.library(source, to: path, flags: macros.map { "-D\($0)" })
    XCTAssertEqual(compiled.status, 0, compiled.output)
    try setMode(0o755, of: path)
  }

  func setMode(_ mode: mode_t, of path: String) throws {
    guard chmod(path, mode) == 0 else { throw CocoaError(.fileWriteNoPermission) }
  }

  /// Loads it with a loader of its own.
  func load(sha256: [UInt8]? = nil) throws -> Plugin {
    try PluginLoader(directories: []).load(path, sha256: sha256)
  }

  /// An entry without capabilities.
  static func entry(
    _ configuration: JSONObject = [:], capabilities: Set<PluginCapability> = [],
    trustsPure: Bool = true, limits: PluginLimits = PluginLimits(),
    services: PluginServices = PluginServices(log: BuiltPlugins.quiet)
  ) -> PluginEntry {
    PluginEntry(
      configuration: configuration, stateFolder: "/", capabilities: capabilities,
      trustsPure: trustsPure, limits: limits, services: services)
  }

  /// Its one grant.
  func grant(_ entry: PluginEntry = BadLibrary.entry()) throws -> PluginGrant {
    let grants = try load().makeGrants(entry, BuiltPlugins.context())
    return try XCTUnwrap(grants.first)
  }
}

/// Asserts that a body throws the plugin error with a code, in a message that names the path.
func assertRefused(
  _ code: String, naming text: String, line: UInt = #line, _ body: () throws -> Void
) {
  XCTAssertThrowsError(try body(), line: line) { error in
    guard let error = error as? PluginError else { return XCTFail("\(error)", line: line) }
    XCTAssertEqual(error.code.rawValue, code, "\(error)", line: line)
    XCTAssertTrue(error.description.contains(text), error.description, line: line)
  }
}
