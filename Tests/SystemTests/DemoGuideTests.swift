import Foundation
import Harness
import XCTest

/// `docs/demo.md` is true: each command in its order, in one shell, with the answers that it shows.
final class DemoGuideTests: XCTestCase {
  private struct Step {
    let command: String
    let expected: String
  }

  func testEveryCommandOfTheGuideAnswersAsItShows() throws {
    let guide = Program.checkout.appendingPathComponent("docs/demo.md")
    let steps = Self.steps(of: try String(contentsOf: guide, encoding: .utf8))
    XCTAssertGreaterThan(steps.count, 35)

    let demo = try Demo()
    let outputs = try demo.shell(steps.map(\.command))
    XCTAssertEqual(outputs.count, steps.count)
    for (step, output) in zip(steps, outputs) {
      XCTAssertTrue(
        Self.matches(output, step.expected),
        "\n$ \(step.command)\n--- got\n\(output)\n--- the guide says\n\(step.expected)")
    }
  }

  func testTheReadmesLinesWork() throws {
    let readme = try String(
      contentsOf: Program.checkout.appendingPathComponent("README.md"), encoding: .utf8)
    let lines = readme.split(separator: "\n").map(String.init)
    let token = try XCTUnwrap(lines.first { $0.hasPrefix("TOKEN=$(curl ") })
    let call = try XCTUnwrap(lines.first { $0.hasPrefix("curl ") && $0.contains("/api/hello") })
    let outputs = try Demo().shell([token, call])
    XCTAssertTrue(outputs.last?.contains("demo-client") ?? false, outputs.joined(separator: "\n"))
  }

  func testAnAnswerThatDiffersIsFound() {
    XCTAssertTrue(Self.matches("{\"a\":1,\"b\":2}", "{\"a\":…}"))
    XCTAssertTrue(Self.matches("401", "401"))
    XCTAssertFalse(Self.matches("200", "401"))
    XCTAssertFalse(Self.matches("401\nmore", "401"))
    XCTAssertFalse(Self.matches("{\"a\":1", "{\"a\":…}"))
  }

  /// The typed lines and the answers below each, of the blocks marked `console`.
  private static func steps(of page: String) -> [Step] {
    var steps: [Step] = []
    var inside = false
    var command: String?
    var answer: [String] = []
    func finish() {
      if let command {
        steps.append(Step(command: command, expected: answer.joined(separator: "\n")))
      }
      (command, answer) = (nil, [])
    }
    for line in page.components(separatedBy: "\n") {
      if line.hasPrefix("```") {
        finish()
        inside = line == "```console"
      } else if inside, line.hasPrefix("$ ") {
        finish()
        command = String(line.dropFirst(2))
      } else if inside, line.hasPrefix("> "), let typed = command, answer.isEmpty {
        command = typed + "\n" + line.dropFirst(2)
      } else if inside {
        answer.append(line)
      }
    }
    return steps
  }

  /// `…` stands for any text, over several lines too.
  private static func matches(_ output: String, _ expected: String) -> Bool {
    let pattern = expected.components(separatedBy: "…")
      .map(NSRegularExpression.escapedPattern(for:)).joined(separator: "[\\s\\S]*")
    let text = output.replacingOccurrences(of: "\r", with: "")
      .trimmingCharacters(in: .newlines)
    return text.range(of: "^\(pattern)$", options: .regularExpression) != nil
  }
}

/// The demo as the guide starts it.
private final class Demo {
  private let folder: ScratchFolder
  private let process: ChildProcess

  init() throws {
    folder = try ScratchFolder()
    process = try ChildProcess(
      Program.sallyport, ["serve", "--demo"], in: Program.checkout.path, environment: [:],
      output: folder.path("log"), errors: folder.path("log"))
    try eventually(upTo: 20, until: "the demo is ready") {
      let log = try folder.read("log")
      if let code = process.exitCode { throw Problem("the demo ended with \(code):\n\(log)") }
      return log.contains(" ready ")
    }
  }

  /// What each command prints, all typed into one shell.
  func shell(_ commands: [String]) throws -> [String] {
    let script = commands.enumerated().map { index, command in
      "{ \(command)\n} >'\(folder.path("out"))'.\(index) 2>&1 </dev/null\n"
    }.joined()
    let path = "PATH='\(Program.folder.path)':\"$PATH\"\n"
    try folder.write("guide.sh", path + script)
    try execute("bash", [folder.path("guide.sh")], in: folder.root, within: 60)
    return try commands.indices.map { try folder.read("out.\($0)") }
  }
}
