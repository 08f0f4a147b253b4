import Configuration
import JSON
import XCTest

/// A plugin's own schema holds in the file, position and all.
final class PluginConfigSchemaTests: XCTestCase {
  private static let schema = #"""
    { "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
      "properties": {
        "path": { "type": "string", "minLength": 1, "maxLength": 8, "description": "Where." },
        "mode": { "enum": ["full", "normal"], "default": "full" },
        "size": { "type": "integer", "minimum": 1, "maximum": 10 },
        "ratio": { "type": ["number", "null"] },
        "on": { "const": true },
        "hosts": { "type": "array", "items": { "type": "string" }, "minItems": 1, "maxItems": 2 },
        "more": { "type": "object", "additionalProperties": { "type": "integer" } }
      },
      "required": ["path"], "additionalProperties": false }
    """#

  func testConfigsThatDoNotFit() throws {
    let cases: [(config: String, problem: String)] = [
      ("⌖{}", "plugins.storage.config lacks \"path\""),
      ("{ path: ⌖1 }", "config.path is of another type; write a value of type string"),
      ("{ path: ⌖\"\" }", "is 0 characters long; use 1 to 8 characters"),
      ("{ path: ⌖\"123456789\" }", "is 9 characters long"),
      ("{ path: \"p\", ⌖pth: 1 }", "has the unknown key \"pth\"; did you mean \"path\"?"),
      ("{ path: \"p\", mode: ⌖\"off\" }", "write one of \"full\", \"normal\""),
      ("{ path: \"p\", size: ⌖0 }", "is under 1"), ("{ path: \"p\", size: ⌖11 }", "is over 10"),
      ("{ path: \"p\", size: ⌖1.5 }", "type integer"),
      ("{ path: \"p\", ratio: ⌖\"x\" }", "number or null"),
      ("{ path: \"p\", on: ⌖false }", "write one of true"),
      ("{ path: \"p\", hosts: ⌖[] }", "has 0 elements; give it 1 to 2"),
      ("{ path: \"p\", hosts: ['a', ⌖2] }", "config.hosts[1] is of another type"),
      ("{ path: \"p\", more: { x: ⌖'y' } }", "config.more.x is of another type"),
    ]
    let schema = try PluginConfigSchema(parsing: Array(Self.schema.utf8))
    for (config, problem) in cases {
      let marked = MarkedText(
        "{ listeners: [{ address: '127.0.0.1:0', serves: ['proxy'] }],\n plugins: { storage: { load: 's', config: \(config) } } }"
      )
      let storage = try XCTUnwrap(Deployment().load(marked.text).plugins.storage)
      let faults = schema.faults(in: storage.config)
      XCTAssertEqual(faults.map(\.position), marked.positions, config)
      XCTAssertTrue(faults.first?.description.contains(problem) == true, "\(faults)")
    }
  }

  func testAConfigThatFitsIsHandedOnWithItsReferencesResolved() throws {
    let config =
      #"{ path: { env: "CLIENT_SECRET" }, size: 0x0A, ratio: null, on: true, hosts: ["a"], more: { x: 1 } }"#
    let options = try Deployment().load(
      proxyConfig(more: "plugins: { storage: { load: 's', config: \(config) } }"))
    let storage = try XCTUnwrap(options.plugins.storage)
    XCTAssertEqual(
      String(decoding: storage.config.json, as: UTF8.self),
      #"{"path":"from-the-environment","size":10,"ratio":null,"on":true,"hosts":["a"],"more":{"x":1}}"#
    )
    let long = Self.schema.replacing("\"maxLength\": 8", with: "\"maxLength\": 64")
    XCTAssertEqual(try PluginConfigSchema(parsing: Array(long.utf8)).faults(in: storage.config), [])
  }

  func testSchemasThatSayWhatIsNotUnderstoodAreRefusedByName() {
    let cases: [(schema: String, error: String)] = [
      (#"{"patern":"x"}"#, "#/patern is the keyword \"patern\", which is not known"),
      (#"{"properties":{"a":{"pattern":"x"}}}"#, "#/properties/a/pattern is the keyword"),
      ("{\"$ref\":\"#/x\"}", "#/$ref is the keyword"), ("[]", "# is not an object"),
      (#"{"type":"text"}"#, "#/type names an unknown type"), (#"{"type":1}"#, "#/type"),
      (#"{"required":[1]}"#, "#/required"), (#"{"properties":[]}"#, "#/properties"),
      (#"{"minimum":"1"}"#, "#/minimum"), (#"{"minLength":-1}"#, "#/minLength"),
      (#"{"minLength":2,"maxLength":1}"#, "#/maxLength"), (#"{"enum":[]}"#, "#/enum"),
      (#"{"items":[{}]}"#, "#/items"), ("{", "is no JSON"), (#"{"a":1,"a":2}"#, "is no JSON"),
    ]
    for (schema, error) in cases {
      XCTAssertThrowsError(try PluginConfigSchema(parsing: Array(schema.utf8)), schema) {
        XCTAssertTrue("\($0)".contains(error), "\($0)")
      }
    }
  }

  func testAFaultThatThePluginReportsStandsWhereItsPointerLeads() throws {
    let marked = MarkedText(
      "{ listeners: [{ address: '127.0.0.1:0', serves: ['proxy'] }],\n plugins: { storage: { load: 's', config: ⌖{ 'a/b': [1, ⌖{ '~': ⌖2 }] } } } }"
    )
    let config = try XCTUnwrap(Deployment().load(marked.text).plugins.storage).config
    let pointers = ["", "/a~1b/1", "/a~1b/1/~0"]
    XCTAssertEqual(pointers.map { config.fault($0, "bad").position }, marked.positions)
    XCTAssertEqual(
      config.fault("/a~1b/1/~0", "bad").problem, "plugins.storage.config.a/b[1].~: bad")
    XCTAssertEqual(config.fault("/none/deeper", "bad").position, marked.positions[0])
  }
}
