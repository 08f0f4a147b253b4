import Foundation

/// What a command printed and how it ended.
package struct CommandResult {
  package let exitCode: Int32
  package let output: String
  package let errors: String

  /// The output without its last newline.
  package var line: String { output.trimmingCharacters(in: .newlines) }
}

/// Runs a command to its end, as a user would from a shell.
@discardableResult
package func execute(
  _ executable: String, _ arguments: [String], input: String = "", in folder: String? = nil,
  environment: [String: String] = [:], within seconds: Double = 60
) throws -> CommandResult {
  let scratch = try ScratchFolder()
  let files = ["in", "out", "err"].map { scratch.path($0) }
  try scratch.write("in", input)
  let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
  let defaults = ["PATH": path, "HOME": scratch.root, "LC_ALL": "C.UTF-8"]
  let absolute = executable.hasPrefix("/") ? executable : "/usr/bin/env"
  let process = try ChildProcess(
    absolute, executable.hasPrefix("/") ? arguments : [executable] + arguments, in: folder,
    environment: defaults.merging(environment) { $1 }, input: files[0], output: files[1],
    errors: files[2])
  let code = try process.finished(within: seconds)
  return CommandResult(
    exitCode: code, output: try scratch.read("out"), errors: try scratch.read("err"))
}
