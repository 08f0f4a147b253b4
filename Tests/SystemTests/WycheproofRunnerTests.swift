import Foundation
import Harness
import XCTest

/// The runner of other people's vectors must notice when one is decided wrongly.
final class WycheproofRunnerTests: XCTestCase {
  private func run(_ folder: String) throws -> CommandResult {
    let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("wycheproof")
    return try execute(program.path, [folder])
  }

  /// RFC 7515 A.1, called this or that.
  private func set(_ result: String) -> String {
    let token =
      "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQo"
      + "gImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFO"
      + "EjXk"
    let key =
      "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
    return """
      {"testGroups":[{"private":{"kty":"oct","k":"\(key)"},
      "tests":[{"tcId":1,"comment":"A.1","jws":"\(token)","result":"\(result)","flags":[]}]}]}
      """
  }

  func testADecisionThatDiffersEndsTheRunWithAnError() throws {
    let scratch = try ScratchFolder()
    try scratch.write("json_web_key_test.json", set("valid"))
    let good = try run(scratch.root)
    XCTAssertEqual(good.exitCode, 0, good.output)
    XCTAssertTrue(good.output.contains("1 tests, 0 deliberate deviations, 0 unexplained"))
    try scratch.write("json_web_key_test.json", set("invalid"))
    let bad = try run(scratch.root)
    XCTAssertEqual(bad.exitCode, 1)
    XCTAssertTrue(bad.output.contains("UNEXPLAINED tcId 1"), bad.output)
  }

  func testAFolderWithoutVectorsIsNoSuccess() throws {
    let scratch = try ScratchFolder()
    XCTAssertEqual(try run(scratch.root).exitCode, 2)
    try scratch.write("json_web_key_test.json", "{}")
    XCTAssertEqual(try run(scratch.root).exitCode, 2)
  }
}
