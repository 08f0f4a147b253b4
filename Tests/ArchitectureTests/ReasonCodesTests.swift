import XCTest

/// Reason codes are a closed type: nobody spells one, and none is there that nobody gives.
final class ReasonCodesTests: XCTestCase {
  private let tree = SourceTree()
  private let home = "Sources/Diagnostics/Reasons/"

  private func cases() throws -> [(name: String, code: String)] {
    let form = /^  case ([A-Za-z0-9]+) = "([a-z0-9_.]+)"$/
    return try tree.text(home + "ReasonCode.swift").split(separator: "\n").compactMap { line in
      (try? form.wholeMatch(in: line)).map { (String($0.1), String($0.2)) }  // Never throws.
    }
  }

  func testNoSourceSpellsAReasonCode() throws {
    let codes = Set(try cases().map(\.code))
    XCTAssertGreaterThan(codes.count, 150)
    for file in tree.files(under: ["Sources"]) where !file.path.hasPrefix(home) {
      for (index, line) in file.lines.enumerated() where line.contains("\"") {
        for piece in line.split(separator: "\"").map(String.init) where codes.contains(piece) {
          XCTFail("\(file.path):\(index + 1): \(piece) is a ReasonCode; use the case")
        }
      }
    }
  }

  func testEveryReasonCodeIsGivenSomewhere() throws {
    let text = tree.files(under: ["Sources"]).filter { !$0.path.hasPrefix(home) }
      .flatMap(\.lines).joined(separator: "\n")
    let words = Set(text.split { !$0.isLetter && !$0.isNumber }.map(String.init))
    for (name, code) in try cases() where !words.contains(name) {
      XCTFail("\(code) is given nowhere; remove it")
    }
  }
}
