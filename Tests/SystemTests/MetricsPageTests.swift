import Foundation
import Harness
import XCTest

/// `docs/metrics.md` names every metric of a real scrape, and no other.
///
/// With SALLYPORT_WRITE_DOCS set the table is written anew.
final class MetricsPageTests: XCTestCase {
  private struct Row: Equatable {
    let name: String
    let type: String
    let labels: [String]
    let meaning: String

    var text: String {
      let shown = labels.map { "`\($0)`" }.joined(separator: ", ")
      return "| `\(name)` | \(type) | \(shown) | \(meaning) |"
    }
  }

  /// Everything that has metrics; nobody listens at the collector's port.
  private static let config = DeploymentConfig.standard.with(
    "tracing", "{ endpoint: \"http://127.0.0.1:9\", sample: \"0%\" }")

  private static let page = Program.checkout.appendingPathComponent("docs/metrics.md")
  private static let marks = ("<!-- metrics -->\n", "<!-- end of metrics -->")

  func testThePageNamesExactlyWhatIsScraped() throws {
    let deployment = try Deployment(Self.config)
    _ = try deployment.caller().get("/api/x", token: try deployment.token())
    let scrape = try deployment.scrape()
    let documented = try Self.rows()
    let rows = scrape.families.map { Self.row(of: $0, documented: documented) }
    if ProcessInfo.processInfo.environment["SALLYPORT_WRITE_DOCS"] != nil {
      try Self.write(rows)
    } else {
      XCTAssertEqual(documented.map(\.text), rows.map(\.text))
    }
  }

  func testEverySampleCarriesTheLabelsOfItsRow() throws {
    let deployment = try Deployment(Self.config)
    _ = try deployment.caller().get("/api/x", token: try deployment.token())
    let documented = try Self.rows()
    for family in try deployment.scrape().families {
      let row = documented.first { $0.name == Self.name(of: family) }
      for sample in family.samples {
        let labels = Set(sample.labels.keys).subtracting(["le"])
        XCTAssertEqual(labels, Set(row?.labels ?? []), sample.name)
      }
    }
  }

  /// The row of a family; labels that no sample shows are those that the page names.
  private static func row(of family: Scrape.Family, documented: [Row]) -> Row {
    let name = name(of: family)
    let known = documented.first { $0.name == name }?.labels ?? []
    let seen = Set(family.samples.flatMap(\.labels.keys)).subtracting(["le"])
    return Row(
      name: name, type: family.type,
      labels: seen.isSubset(of: known) ? known : seen.sorted(), meaning: family.help)
  }

  /// The name that queries use.
  private static func name(of family: Scrape.Family) -> String {
    family.type == "counter" ? family.name + "_total" : family.name
  }

  private static func rows() throws -> [Row] {
    let text = try String(contentsOf: page, encoding: .utf8)
    let table = text.components(separatedBy: marks.0).last?.components(separatedBy: marks.1).first
    return (table ?? "").split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
      let cells = line.dropFirst(2).dropLast(2).components(separatedBy: " | ")
      let words = { (cell: String) in
        cell.split(separator: "`").map(String.init).filter { $0.contains { $0.isLetter } }
      }
      return Row(
        name: words(cells[0]).first ?? "", type: cells[1], labels: words(cells[2]),
        meaning: cells[3...].joined(separator: " | "))
    }
  }

  private static func write(_ rows: [Row]) throws {
    let text = try String(contentsOf: page, encoding: .utf8)
    let parts = text.components(separatedBy: marks.0)
    let rest = parts.last?.components(separatedBy: marks.1).last ?? ""
    let table = ["| metric | type | labels | meaning |", "| --- | --- | --- | --- |"]
    let lines = (table + rows.map(\.text)).joined(separator: "\n")
    try (parts[0] + marks.0 + "\n" + lines + "\n\n" + marks.1 + rest).write(
      to: page, atomically: true, encoding: .utf8)
  }
}
