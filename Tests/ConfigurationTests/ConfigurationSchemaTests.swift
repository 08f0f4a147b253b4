import Configuration
import Diagnostics
import Foundation
import JOSE
import JSON
import XCTest

/// The forms of the schema that people and editors read.
final class ConfigurationSchemaTests: XCTestCase {
  private let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Run with `SALLYPORT_WRITE_DOCS=1` to write the page anew.
  func testTheCommittedPageIsWhatTheSchemaSays() throws {
    let page = root.appendingPathComponent("docs/configuration.md")
    if ProcessInfo.processInfo.environment["SALLYPORT_WRITE_DOCS"] != nil {
      try ConfigurationSchema.documentation().write(to: page, atomically: true, encoding: .utf8)
    }
    let committed = try String(contentsOf: page, encoding: .utf8)
    XCTAssertEqual(
      committed, ConfigurationSchema.documentation(),
      "run: SALLYPORT_WRITE_DOCS=1 swift test --filter ConfigurationSchemaTests")
  }

  func testTheExampleLoads() throws {
    XCTAssertEqual(try Deployment().faults(ConfigurationSchema.example()), [])
  }

  func testEveryDefaultIsGoodByItsOwnRules() throws {
    let options = try Deployment().load(proxyConfig())
    XCTAssertEqual(options.limits.headBytes, 32 * 1024)
    XCTAssertEqual(options.limits.streamedBodyBytes, 0)
    XCTAssertEqual(options.tokens.accessTokenLifetime, .minutes(10))
    XCTAssertEqual(options.keys.signing, [.es256, .rs256])
    XCTAssertEqual(options.log.level, .info)
  }

  func testTheJSONSchemaIsClosedAndNamesEveryKey() throws {
    let schema = try JSONValue(parsing: Array(ConfigurationSchema.jsonSchema().utf8))
    XCTAssertEqual(schema.object?["$schema"], "https://json-schema.org/draft/2020-12/schema")
    XCTAssertEqual(schema.object?["required"], ["listeners"])
    XCTAssertEqual(schema.object?["additionalProperties"], false)
    let keys = schema.object?["properties"]?.object?.members.map(\.name)
    XCTAssertEqual(
      keys,
      [
        "issuer", "state", "allowLiteralSecrets", "listeners", "plugins", "keys", "tokens",
        "resources", "clients", "proxy", "log", "tracing", "limits", "admin", "metadata",
      ])
  }

  func testThePageOfLimitsNamesEachWithItsDefault() throws {
    let page = try String(
      contentsOf: root.appendingPathComponent("docs/limits.md"), encoding: .utf8)
    let tables = page.split(separator: "\n\n").filter { $0.hasPrefix("| key") }.map(String.init)
    XCTAssertEqual(tables.count, 2)
    for (table, path) in zip(tables, [["limits"], ["proxy", "upstreams", "*"]]) {
      for field in try fields(path) {
        guard case .defaults(let value) = field.presence else { continue }
        let row = table.split(separator: "\n").first { $0.hasPrefix("| `\(field.name)` |") }
        let cell = row?.split(separator: "|").dropFirst().first.map(String.init) ?? "nothing"
        XCTAssertTrue(cell.contains(Self.words(value)), "\(field.name): \(cell)")
      }
    }
  }

  func testEveryLimitReachesThePropertyOfItsName() throws {
    let shape = try XCTUnwrap(field("limits", of: Shape.file))
    guard case .section(let section) = shape.kind else { return XCTFail("no section") }
    var expected: [String: String] = [:]
    let members = section.fields.enumerated().map { index, field in
      let text = Self.distinct(field.shape, index)
      expected[field.name] = text.value
      return "\(field.name): \(text.written)"
    }
    let text = proxyConfig(more: "limits: { \(members.joined(separator: ", ")) }")
    let limits = try Deployment().load(text).limits
    for child in Mirror(reflecting: limits).children {
      XCTAssertEqual("\(child.value)", expected[child.label ?? ""], child.label ?? "")
    }
    XCTAssertEqual(Mirror(reflecting: limits).children.count, section.fields.count)
  }

  func testSecretsAreMaskedInWhatCounts() throws {
    let deployment = try Deployment()
    let client = #"{ id: "a", secret: "hidden-1", grantTypes: ["x"] }"#
    let storage = #"{ load: "s", config: { path: "p", password: "hidden-2", x: { env: "HOME" } } }"#
    let text = serverConfig(
      clients: client, more: #"allowLiteralSecrets: true, plugins: { storage: \#(storage) },"#
    ).replacingOccurrences(of: #"plugins: { storage: { load: "storage-memory" } },"#, with: "")
    try deployment.write(text, to: "config.json5")
    let shown = try ConfigurationFile.effective(path: deployment.path)
    XCTAssertFalse(shown.contains("hidden"), shown)
    let json = try JSONValue(parsing: Array(shown.utf8)).object
    XCTAssertEqual(json?["clients"]?.array?.first?.object?["secret"], "[redacted]")
    XCTAssertEqual(json?["limits"]?.object?["headTimeout"], "10s")
    XCTAssertEqual(json?["keys"]?.object?["master"], [["file": "master.key"]])
    let config = json?["plugins"]?.object?["storage"]?.object?["config"]?.object
    XCTAssertEqual(config?["path"], "p")
    XCTAssertEqual(config?["password"], "[redacted]")
    XCTAssertEqual(config?["x"], ["env": "HOME"])
  }

  /// The fields of the section at a path; `*` is each member of a map.
  private func fields(_ path: [String]) throws -> [FieldShape] {
    var shape = Shape.file
    for step in path {
      if case .map(let element) = shape.kind {
        shape = element
      } else {
        shape = try XCTUnwrap(field(step, of: shape), step)
      }
    }
    guard case .section(let section) = shape.kind else { return [] }
    return section.fields
  }

  /// A default as the page writes it: `32 KiB`, `16,384`, `10 s`.
  private static func words(_ value: JSONValue) -> String {
    if let integer = value.integer {
      let digits = String(String(integer).reversed())
      let groups = stride(from: 0, to: digits.count, by: 3).map { digits.dropFirst($0).prefix(3) }
      return String(groups.joined(separator: ",").reversed())
    }
    let text = value.string ?? ""
    if text == "0B" { return text }
    return text.prefix { $0.isNumber } + " " + text.drop { $0.isNumber }
  }

  private func field(_ name: String, of shape: Shape) -> Shape? {
    guard case .section(let section) = shape.kind else { return nil }
    return section.fields.first { $0.name == name }?.shape
  }

  /// A value that no other field of the section has, as written and as printed.
  private static func distinct(_ shape: Shape, _ index: Int) -> (written: String, value: String) {
    switch shape.kind {
    case .size: ("\"\(300 + index)B\"", "\(300 + index)")
    case .lifetime:
      ("\"\(500 + index)ms\"", "\(Lifetime(milliseconds: Int64(500 + index)))")
    default: ("\(300 + index)", "\(300 + index)")
    }
  }
}
