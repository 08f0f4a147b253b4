import XCTest

/// `docs/logs.md` names every event and field that the sources write, and no other.
final class LogEventsTests: XCTestCase {
  private let tree = SourceTree()

  /// The names in backticks that begin the rows of the table below a heading.
  private func documented(_ heading: String) throws -> Set<String> {
    let page = try tree.text("docs/logs.md")
    let section = try XCTUnwrap(page.components(separatedBy: "## \(heading)\n").dropFirst().first)
      .components(separatedBy: "\n## ")[0]
    return Set(
      section.split(separator: "\n").filter { $0.hasPrefix("| `") }.compactMap {
        $0.split(separator: "`").dropFirst().first.map(String.init)
      })
  }

  private func written(_ pattern: Regex<(Substring, Substring)>) -> Set<String> {
    Set(
      tree.files(under: ["Sources"]).flatMap { file in
        file.lines.joined(separator: "\n").matches(of: pattern).map { String($0.1) }
      })
  }

  func testEveryEventIsDocumented() throws {
    let events = written(/\.write\(\s*\.?[a-z]+,\s*"([a-z_.]+)"/)
    XCTAssertGreaterThan(events.count, 20)
    XCTAssertEqual(events.union(["http.request"]).sorted(), try documented("Events").sorted())
  }

  func testEveryAuditEventIsDocumented() throws {
    let text = try tree.text("Sources/Diagnostics/Audit/AuditEvent.swift")
    let events = text.matches(of: /= "(audit\.[a-z_.]+)"/).map { String($0.1) }
    XCTAssertGreaterThan(events.count, 10)
    XCTAssertEqual(events.sorted(), try documented("The audit log").sorted())
  }

  func testEveryFieldIsDocumented() throws {
    let fields = written(/LogField\(\s*"([a-z_0-9]+)"/)
      // Those that the lines themselves and the access log write without a field.
      .union(["time", "level", "event", "reason", "audit", "bytes", "duration_us", "trace_id"])
    XCTAssertEqual(fields.sorted(), try documented("Fields").sorted())
  }
}
