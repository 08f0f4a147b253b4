import ConformanceSupport
import Foundation
import XCTest

/// The header stands alone, in both languages, and stays short.
final class HeaderTests: XCTestCase {
  private static let strict = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]

  private func compile(_ compiler: String, _ standard: String, _ name: String) throws {
    let folder = try TemporaryFolder()
    let source = folder.file(name)
    try Data("#include <sallyport/plugin.h>\nint main(void) { return SP_OK; }\n".utf8)
      .write(to: URL(fileURLWithPath: source))
    let result = try CCompiler.run(
      compiler,
      [standard, "-I", CCompiler.headers] + Self.strict + [source, "-o", folder.file("out")])
    XCTAssertEqual(result.status, 0, result.output)
    XCTAssertEqual(result.output, "")
  }

  func testItCompilesAsC11() throws { try compile("cc", "-std=c11", "a.c") }

  func testItCompilesAsCPlusPlus17() throws { try compile("c++", "-std=c++17", "a.cpp") }

  func testItIsAtMost300LinesLong() throws {
    let text = try String(
      contentsOfFile: CCompiler.headers + "/sallyport/plugin.h", encoding: .utf8)
    XCTAssertLessThanOrEqual(
      text.split(separator: "\n", omittingEmptySubsequences: false).count, 301)
  }

  func testABuiltPluginExportsOneSymbol() throws {
    let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().path
    for name in ["grant-client-credentials", "storage-sqlite", "storage-memory"] {
      let result = try CCompiler.run(
        "nm", ["-D", "--defined-only", "--extern-only", "\(folder)/lib\(name).so"])
      let symbols = result.output.split(separator: "\n").compactMap {
        $0.split(separator: " ").last
      }
      XCTAssertEqual(symbols, ["sallyport_plugin"], name)
    }
  }
}
