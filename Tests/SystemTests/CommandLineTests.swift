import Foundation
import Harness
import XCTest

/// The program as a person at a terminal meets it.
final class CommandLineTests: XCTestCase {
  private func sallyport(_ arguments: String...) throws -> CommandResult {
    try execute(Program.sallyport, arguments)
  }

  func testHelpNamesEveryCommandAndEveryCommandHelps() throws {
    let help = try sallyport("--help")
    XCTAssertEqual(help.exitCode, 0)
    let commands = help.output.split(separator: "\n").filter { $0.hasPrefix("  sallyport ") }
    XCTAssertGreaterThanOrEqual(commands.count, 10)
    for line in commands {
      let words = line.dropFirst("  sallyport ".count).components(separatedBy: "  ")[0]
        .split(separator: " ").map(String.init)
      let result = try execute(Program.sallyport, words + ["--help"])
      XCTAssertEqual(result.exitCode, 0, "\(words)")
      XCTAssertTrue(result.output.contains("usage: sallyport \(words.joined(separator: " "))"))
    }
  }

  func testAMistakeIsAUsageErrorOnStandardError() throws {
    for arguments in [[], ["fly"], ["serve", "--hgih"], ["client"], ["serve", "--config"]] {
      let result = try execute(Program.sallyport, arguments)
      XCTAssertEqual(result.exitCode, 2, "\(arguments)")
      XCTAssertTrue(result.errors.hasPrefix("sallyport: "), "\(arguments): \(result.errors)")
      XCTAssertEqual(result.output, "")
    }
  }

  func testTheVersionIsOneLine() throws {
    let version = try sallyport("version")
    XCTAssertEqual(version.exitCode, 0)
    XCTAssertEqual(version.output.split(separator: "\n").count, 1)
    XCTAssertEqual(try sallyport("--version").output, version.output)
  }

  func testTheConfigsSchemaIsJSON() throws {
    let schema = try sallyport("config", "schema")
    XCTAssertEqual(schema.exitCode, 0, schema.errors)
    let object = try JSONSerialization.jsonObject(with: Data(schema.output.utf8))
    let properties = (object as? [String: Any])?["properties"] as? [String: Any]
    for section in ["issuer", "listeners", "plugins", "clients", "proxy"] {
      XCTAssertNotNil(properties?[section], section)
    }
  }

  func testTheEffectiveConfigShowsNoSecret() throws {
    let deployment = try Deployment(start: false)
    let shown = try deployment.command(["config", "show"])
    XCTAssertEqual(shown.exitCode, 0, shown.errors)
    XCTAssertTrue(shown.output.contains(DeploymentConfig.issuer))
    XCTAssertFalse(shown.output.contains(DeploymentConfig.secret))
  }

  func testTheEchoAnswersWithWhatItReceived() throws {
    let scratch = try ScratchFolder()
    let process = try ChildProcess(
      Program.sallyport, ["echo", "--listen", "127.0.0.1:0"], environment: [:],
      output: scratch.path("log"), errors: scratch.path("log"))
    var port: UInt16?
    try eventually(until: "the echo says where it listens") {
      let log = try scratch.read("log")
      port = log.range(of: "http://127.0.0.1:").flatMap {
        UInt16(log[$0.upperBound...].prefix { $0.isNumber })
      }
      return port != nil
    }
    let caller = HTTPCaller(port: try XCTUnwrap(port))
    let answer = try caller.send("POST", "/a/b?c=d", fields: [("X-Mine", "yes")], body: "hello")
    XCTAssertEqual(answer.status, 200, answer.text)
    for part in ["/a/b", "c=d", "POST", "yes"] { XCTAssertTrue(answer.text.contains(part), part) }
    process.send(SIGTERM)
    XCTAssertEqual(try process.finished(), 0)
  }

  func testTheDemoRefusesToListenBeyondLoopback() throws {
    let deployment = try Deployment(
      .standard.with(
        "listeners", #"[{ address: "0.0.0.0:0", serves: ["authorization-server", "proxy"] }]"#),
      start: false)
    let result = try execute(
      Program.sallyport,
      ["serve", "--demo", "--config", deployment.folder.path("sallyport.json5")])
    XCTAssertEqual(result.exitCode, 2)
  }
}
