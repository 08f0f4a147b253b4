import ConformanceSupport
import Diagnostics
import Foundation
import OAuth
import PluginHost
import Ports
import XCTest

/// The plugins of `docs/plugins.md`, built by its own commands and asked.
final class DocumentationTests: XCTestCase {
  /// Writes the files of the page into a folder, with the checkout beside them.
  private func files() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let page = try String(
      contentsOfFile: CCompiler.repository + "/docs/plugins.md", encoding: .utf8)
    let block = try NSRegularExpression(
      pattern: "<!-- file: (\\S+) -->\\n```\\w+\\n(.*?)```",
      options: .dotMatchesLineSeparators)
    let matches = block.matches(in: page, range: NSRange(page.startIndex..., in: page))
    XCTAssertEqual(matches.count, 3)
    for match in matches {
      let parts = (1...2).compactMap { Range(match.range(at: $0), in: page).map { page[$0] } }
      let file = URL(fileURLWithPath: folder.file(String(parts[0])))
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(parts[1].utf8).write(to: file)
    }
    XCTAssertEqual(symlink(CCompiler.repository, folder.file("sallyport")), 0)
    return folder
  }

  private func assertItSellsForTickets(_ path: String) throws {
    let plugin = try PluginLoader(directories: []).load(path)
    let grants = try plugin.makeGrants(BadLibrary.entry(), BuiltPlugins.context())
    let grant = try XCTUnwrap(grants.first)
    XCTAssertEqual(grant.declaration.grantType.text, "urn:example:grant-type:ticket")
    let decision = try grant.decide(
      try .example(scopes: "api.read", ["ticket": "T-123456"]), BuiltPlugins.context())
    XCTAssertEqual(decision.scopes?.description, "api.read")
    XCTAssertEqual(decision.lifetimeCap?.seconds, 300)
    for request in [
      try TokenRequest.example(["ticket": "X-123456"]),
      try TokenRequest.example(["ticket": "T-123456"], isConfidential: false),
    ] {
      XCTAssertThrowsError(try grant.decide(request, BuiltPlugins.context())) { error in
        guard case .denied? = error as? GrantFailure else { return XCTFail("\(error)") }
      }
    }
  }

  func testTheGrantInCIsBuiltLoadedAndAsked() throws {
    let folder = try files()
    let library = folder.file("libgrant-ticket.so")
    let built = try CCompiler.run(
      "cc",
      [
        "-std=c11", "-Wall", "-Wextra", "-O2", "-shared", "-fPIC", "-I",
        folder.file("sallyport/Modules/CSallyport/include"), folder.file("ticket.c"), "-o",
        library,
      ])
    XCTAssertEqual(built.status, 0, built.output)
    XCTAssertEqual(chmod(library, 0o755), 0)
    try assertItSellsForTickets(library)
  }

  func testTheGrantInSwiftIsBuiltLoadedAndAsked() throws {
    let folder = try files()
    let built = try CCompiler.run(
      "swift", ["build", "-c", "release", "--package-path", folder.path])
    XCTAssertEqual(built.status, 0, built.output)
    try assertItSellsForTickets(folder.file(".build/release/libgrant-ticket.so"))
  }
}
