import XCTest

/// What a reader of the production code may rely on; each rule is also tried on a text that
/// breaks it.
final class SourceRulesTests: XCTestCase {
  private let tree = SourceTree()

  private func production() -> [SourceTree.File] {
    tree.files(under: ["Sources", "Plugins", "Modules"], endings: [".swift", ".c", ".h"])
  }

  private func file(_ lines: String...) -> SourceTree.File {
    SourceTree.File(path: "Sources/X/X.swift", lines: lines)
  }

  private func assertHolds(
    _ rule: (SourceTree.File) -> [String], line: UInt = #line
  ) {
    XCTAssertGreaterThan(production().count, 30, line: line)
    XCTAssertEqual(production().flatMap(rule), [], line: line)
  }

  func testNoErrorIsDroppedWithoutAReason() {
    assertHolds(SourceRules.silentErrors)
    XCTAssertEqual(SourceRules.silentErrors(file("let x = try? read()")).count, 1)
    XCTAssertEqual(
      SourceRules.silentErrors(file("// Closing twice is no fault.", "try? close()")), [])
  }

  func testNothingIsForced() {
    assertHolds(SourceRules.forcedOperations)
    XCTAssertEqual(
      SourceRules.forcedOperations(file("try! f()", "x as! Y", "// try! f()")).count, 2)
  }

  func testNothingEndsTheProcessOnPurpose() {
    assertHolds(SourceRules.deliberateEnds)
    XCTAssertEqual(SourceRules.deliberateEnds(file("fatalError(\"impossible\")")).count, 1)
  }

  func testNothingIsLeftUnfinished() {
    assertHolds(SourceRules.unfinishedWork)
    XCTAssertEqual(SourceRules.unfinishedWork(file("// TO" + "DO: later")).count, 1)
  }

  func testAFileHoldsOneIdea() {
    assertHolds { SourceRules.tooLong($0, limit: 400) }
    let tests = tree.files(under: ["Tests"], endings: [".swift"])
    XCTAssertEqual(tests.flatMap { SourceRules.tooLong($0, limit: 500) }, [])
    let long = SourceTree.File(path: "x", lines: Array(repeating: "x", count: 401))
    XCTAssertEqual(SourceRules.tooLong(long, limit: 400).count, 1)
  }

  func testThePluginHeaderFitsInOneReading() throws {
    let headers = tree.files(under: ["Modules/CSallyport"], endings: ["plugin.h"])
    XCTAssertEqual(headers.count, 1)
    XCTAssertEqual(headers.flatMap { SourceRules.tooLong($0, limit: 300) }, [])
  }

  func testFoundationStaysOutOfTheProgram() {
    let heavy: Set<String> = [
      "Foundation", "FoundationEssentials", "FoundationNetworking", "Dispatch",
    ]
    assertHolds { file in
      SourceRules.imports(file).filter { heavy.contains($0.module) }
        .map { "\(file.path):\($0.line): \($0.module)" }
    }
  }

  func testFilesAreNamedByRole() {
    assertHolds(SourceRules.vagueNames)
    let vague = SourceTree.File(path: "Sources/X/TokenHelper.swift", lines: [])
    XCTAssertEqual(SourceRules.vagueNames(vague).count, 1)
  }
}
