import Foundation
import Harness
import XCTest

/// A wrong config file is refused before anything starts, with every fault at its place.
final class ConfigFaultTests: XCTestCase {
  /// The standard file with some text replaced, the place where each replacement stands, and what
  /// `sallyport check` says of it.
  private func check(
    _ changes: [(old: String, new: String)], at marks: [String] = []
  ) throws -> (places: [String], result: CommandResult) {
    var text = DeploymentConfig.standard.text
    for (old, new) in changes {
      let range = try XCTUnwrap(text.range(of: old), "the standard config has no \(old)")
      text.replaceSubrange(range, with: new)
    }
    let deployment = try Deployment(start: false)
    try deployment.write(text: text)
    let places = try marks.map { mark -> String in
      let before = text[..<(try XCTUnwrap(text.range(of: mark))).lowerBound]
      let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
      return "sallyport.json5:\(lines.count):\((lines.last?.count ?? 0) + 1): "
    }
    return (places, try deployment.command(["check"]))
  }

  func testAGoodFilePasses() throws {
    let result = try check([]).result
    XCTAssertEqual(result.exitCode, 0, result.errors)
    XCTAssertEqual(result.errors, "")
  }

  func testAllFaultsAreReportedAtOnceEachWithItsPlace() throws {
    let (places, result) = try check(
      [
        ("state:", "stat:"), ("address:", "adress:"),
        ("scopes: [\"api.read\"]", "scopes: [\"api.reed\"]"),
        ("level: \"info\"", "level: \"loud\""), ("\"1s\"", "\"1 parsec\""),
      ], at: ["stat:", "adress:", "\"api.reed\"", "\"loud\"", "\"1 parsec\""])
    XCTAssertEqual(result.exitCode, 2)
    for place in places {
      XCTAssertTrue(result.errors.contains(place), "\(place)\n\(result.errors)")
    }
    for name in ["state", "address", "api.read", "info"] {
      XCTAssertTrue(result.errors.contains("\"\(name)\""), "no hint at \(name)\n\(result.errors)")
    }
    for line in result.errors.split(separator: "\n") {
      XCTAssertTrue(line.hasPrefix("sallyport: "), "\(line)")
    }
  }

  func testEachKindOfFaultIsFoundWhereItStands() throws {
    let faults: [(old: String, new: String)] = [
      ("\"https://issuer.example\"", "7"),
      ("\"https://issuer.example\"", "\"http://issuer.example\""),
      ("\"https://issuer.example\"", "\"https://issuer.example/?x\""),
      ("\"127.0.0.1:0\"", "\"127.0.0.1:99999\""),
      ("\"127.0.0.1:0\"", "\"nowhere\""),
      ("\"proxy\"", "\"prxy\""),
      ("pure: true", "pure: \"yes\""),
      ("\"client_credentials\"", "7"),
      ("\"1s\"", "\"1 parsec\""),
      ("\"1s\"", "\"-1s\""),
      ("format: \"uuid\"", "format: \"uid\""),
      ("upstream: \"echo\"", "upstream: \"ehco\""),
      ("path: \"/api/\"", "path: \"api/\""),
    ]
    for fault in faults {
      let (_, result) = try check([fault])
      XCTAssertEqual(result.exitCode, 2, fault.new)
      XCTAssertNotNil(
        result.errors.range(of: #"sallyport\.json5:\d+:\d+: "#, options: .regularExpression),
        "\(fault.new): \(result.errors)")
    }
  }

  func testBrokenSyntaxNamesItsPlace() throws {
    let deployment = try Deployment(start: false)
    try deployment.write(
      text: "{\n  issuer: \"https://issuer.example\",\n  state: \"x\" \"y\"\n}\n")
    let result = try deployment.command(["check"])
    XCTAssertEqual(result.exitCode, 2)
    XCTAssertTrue(result.errors.contains("sallyport.json5:3:14: "), result.errors)
  }

  func testAKeyThatStandsTwiceIsRefused() throws {
    let (_, result) = try check([("state: \"state\"", "state: \"state\",\n  state: \"other\"")])
    XCTAssertEqual(result.exitCode, 2)
    XCTAssertTrue(result.errors.contains("sallyport.json5:4:"), result.errors)
  }

  func testAFileThatOthersMayWriteIsRefused() throws {
    let deployment = try Deployment(start: false)
    chmod(deployment.folder.path("sallyport.json5"), 0o666)
    let refusal = try deployment.refusal()
    XCTAssertEqual(refusal.exitCode, 2)
    XCTAssertTrue(refusal.errors.contains("sallyport.json5"), refusal.errors)
  }

  func testASecretInTheFileIsRefusedOutsideTheDemo() throws {
    let literal = (old: "{ file: \"client.secret\" }", new: "\"literal-secret-0123456789\"")
    let (places, result) = try check([literal], at: [literal.new])
    XCTAssertEqual(result.exitCode, 2)
    XCTAssertTrue(result.errors.contains(places[0]), result.errors)
    XCTAssertFalse(result.errors.contains("literal-secret-0123456789"))
    XCTAssertTrue(result.errors.contains("allowLiteralSecrets"), result.errors)
  }

  func testASecretMayComeFromTheEnvironment() throws {
    let clients = DeploymentConfig.client("app").replacingOccurrences(
      of: "{ file: \"client.secret\" }", with: "{ env: \"APP_SECRET\" }")
    let config = DeploymentConfig.standard.with("clients", "[\(clients)]")
    let deployment = try Deployment(config, start: false)
    let refusal = try deployment.refusal()
    XCTAssertEqual(refusal.exitCode, 2)
    XCTAssertTrue(refusal.errors.contains("APP_SECRET"), refusal.errors)
    try deployment.start(environment: ["APP_SECRET": DeploymentConfig.secret])
    XCTAssertEqual(
      try deployment.caller().post("/oauth2/v1/token", form: Deployment.form()).status, 200)
  }

  func testAMissingFileIsNamed() throws {
    let result = try execute(
      Program.sallyport, ["check", "--config", "/nonexistent/sallyport.json5"])
    XCTAssertEqual(result.exitCode, 2)
    XCTAssertTrue(result.errors.contains("/nonexistent/sallyport.json5"), result.errors)
  }

  func testAReservedPathIsNoRoute() throws {
    for path in ["/oauth2/v1/token", "/.well-known/", "/health/"] {
      let (_, result) = try check([("path: \"/open/\"", "path: \"\(path)\"")])
      XCTAssertEqual(result.exitCode, 2, path)
      XCTAssertTrue(result.errors.contains("reserved"), result.errors)
    }
  }
}
