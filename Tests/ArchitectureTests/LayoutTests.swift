import Foundation
import XCTest

/// The shape of the checkout.
final class LayoutTests: XCTestCase {
  private let tree = SourceTree()

  func testTheTopLevelHoldsOnlyWhatItMust() throws {
    let visible: Set<String> = [
      "Package.swift", "Sources", "Plugins", "Tests", "Modules", "etc", "docs", "README.md",
      "Package.resolved",
    ]
    let hidden: Set<String> = [
      ".git", ".gitignore", ".swift-format", ".ci", ".githooks", ".swiftpm",
    ]
    let stray = try tree.names().filter {
      !visible.contains($0) && !hidden.contains($0) && !$0.hasPrefix(".build")
    }
    XCTAssertEqual(stray, [])
  }

  func testNoCommittedFileNamesAPathOfOneMachine() {
    let files = tree.files(
      under: ["Sources", "Plugins", "Tests", "Modules", "etc", "docs", ".ci", ".githooks"])
    XCTAssertGreaterThan(files.count, 40)
    XCTAssertEqual(files.flatMap(SourceRules.machinePaths), [])
    let sample = SourceTree.File(path: "x", lines: ["see /wo" + "rk/main"])
    XCTAssertEqual(SourceRules.machinePaths(sample).count, 1)
  }

  func testTheReadmesCommandsAreThoseThatCIRuns() throws {
    let readme = try tree.text("README.md")
    let ci = try tree.text(".ci/run")
    let test = "swift test -c release --disable-testable-imports --disable-swift-testing"
    XCTAssertTrue(readme.contains(test))
    XCTAssertTrue(ci.contains(test))
    XCTAssertTrue(
      readme.contains("swift build -c release && .build/release/sallyport serve --demo"))
    XCTAssertTrue(ci.contains("swift build -c release"))
  }

  func testEveryLinkOfThePagesLeadsSomewhere() throws {
    let link = try NSRegularExpression(pattern: #"\]\((?!https?:)([^)#]+)[^)]*\)"#)
    var pages = tree.files(under: ["docs"], endings: [".md"])
    pages.append(.init(path: "README.md", lines: [try tree.text("README.md")]))
    var count = 0
    for page in pages {
      let text = page.lines.joined(separator: "\n")
      let folder = tree.root.appendingPathComponent(page.path).deletingLastPathComponent()
      for match in link.matches(in: text, range: NSRange(text.startIndex..., in: text)) {
        let target = try XCTUnwrap(Range(match.range(at: 1), in: text).map { String(text[$0]) })
        let path = folder.appendingPathComponent(target).path
        XCTAssertTrue(
          FileManager.default.fileExists(atPath: path), "\(page.path) names \(target)")
        count += 1
      }
    }
    XCTAssertGreaterThan(count, 30)
  }

  func testScriptsCanBeExecuted() {
    for script in [".ci/run", ".githooks/pre-commit"] {
      let path = tree.root.appendingPathComponent(script).path
      XCTAssertTrue(FileManager.default.isExecutableFile(atPath: path), script)
    }
  }
}
