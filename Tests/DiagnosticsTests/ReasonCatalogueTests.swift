import Diagnostics
import Foundation
import HTTP
import OAuth
import XCTest

final class ReasonCatalogueTests: XCTestCase {
  private let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("docs/errors")

  func testEveryCodeHasExactlyOneEntry() {
    let entries = ReasonCatalogue.areas.flatMap(\.entries).map(\.code.rawValue)
    XCTAssertEqual(entries.sorted(), ReasonCode.allCases.map(\.rawValue).sorted())
  }

  func testEveryEntrySaysWhatItMeansAndWhatToDo() {
    for code in ReasonCode.allCases {
      let entry = ReasonCatalogue.entry(of: code)
      XCTAssertFalse(entry.title.isEmpty, "\(code)")
      XCTAssertTrue(entry.meaning.hasSuffix("."), "\(code)")
      XCTAssertTrue(entry.remedy.hasSuffix(".") || entry.remedy.hasSuffix("?"), "\(code)")
      XCTAssertFalse((entry.title + entry.meaning + entry.remedy).contains("|"), "\(code)")
    }
  }

  func testCodesAreDottedLowerCaseWords() throws {
    let form = try NSRegularExpression(pattern: "^[a-z][a-z0-9]*\\.[a-z][a-z0-9_]*$")
    for code in ReasonCode.allCases.map(\.rawValue) {
      let whole = NSRange(code.startIndex..., in: code)
      XCTAssertNotNil(form.firstMatch(in: code, range: whole), code)
    }
  }

  /// What a client may be told has an entry, and each entry a reason; those that only later
  /// endpoints send are named here.
  func testEveryPublicErrorHasReasons() {
    let later: Set<PublicError> = [.unsupportedTokenType]
    for error in PublicError.allCases where !later.contains(error) {
      XCTAssertFalse(ReasonCatalogue.reasons(shownAs: error).isEmpty, error.rawValue)
      XCTAssertTrue((400...599).contains(error.entry.status))
    }
  }

  func testEveryCodeOfTheOAuthEndpointsIsAPublicError() {
    for code in OAuthError.Code.allCases {
      let error = PublicError(rawValue: code.rawValue)
      XCTAssertNotNil(error, code.rawValue)
      let status = OAuthError(code, "x", reason: .requestMalformed).status.code
      XCTAssertEqual(error?.entry.status, status, code.rawValue)
    }
  }

  /// Run with `SALLYPORT_WRITE_DOCS=1` to write the pages anew.
  func testTheCommittedPagesAreWhatTheCatalogueSays() throws {
    let pages = ReasonPages.all
    if ProcessInfo.processInfo.environment["SALLYPORT_WRITE_DOCS"] != nil {
      try? FileManager.default.removeItem(at: folder)  // There may be none yet.
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for (name, text) in pages {
        try text.write(
          to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
      }
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    XCTAssertEqual(names.sorted(), pages.map(\.name).sorted())
    for (name, text) in pages {
      let committed = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      XCTAssertEqual(
        committed, text, "run: SALLYPORT_WRITE_DOCS=1 swift test --filter ReasonCatalogueTests")
    }
  }
}
