internal import Administration
internal import Configuration
internal import Glibc
internal import JSON

/// `check --request`: asks the running instance what would become of a request.
enum TrialCommand {
  static let options = [
    Command.Option(
      "--request", "REQUEST", "Ask the running instance what would become of 'GET /path'"),
    Command.Option("--host", "HOST", "The request's Host"),
    Command.Option("--token-file", "FILE", "The file that holds its bearer token"),
    Command.Option("--socket", "PATH", "The instance's admin socket itself"),
    Command.Option("--json", nil, "Print JSON"),
  ]

  /// Prints which route and rule decide, and why; fails if the request would be refused.
  static func run(_ request: String, _ arguments: Arguments) throws(CommandFailure) {
    var parameters = JSONObject([("request", .string(request))])
    if let host = try arguments.value("--host") { parameters["host"] = .string(host) }
    if let file = try arguments.value("--token-file") {
      parameters["token"] = .string(try token(in: file))
    }
    let outcome = try AdminCommand.ask(AdminPath.trial, parameters, arguments)
    if arguments.has("--json") {
      AdminCommand.show(outcome, arguments)
    } else {
      for line in lines(outcome) { Terminal.say(line) }
    }
    guard outcome.text("outcome") == "allowed" else {
      throw .operation("the request would be refused with \(outcome.text("status"))")
    }
  }

  private static func lines(_ outcome: JSONValue) -> [String] {
    var lines = [ExplainCommand.row("outcome", outcome.text("outcome"))]
    for name in ["route", "rule"] where outcome.object?[name] != nil {
      lines.append(ExplainCommand.row(name, outcome.text(name)))
    }
    for member in outcome.object?["token"]?.object?.members ?? [] {
      lines.append(ExplainCommand.row(member.name, member.value.plain))
    }
    if outcome.object?["detail"] != nil {
      lines.append(ExplainCommand.row("detail", outcome.text("detail")))
    }
    return lines + ExplainCommand.reason(of: outcome) + ExplainCommand.steps(of: outcome)
  }

  /// The first line of a file, which may be a pipe.
  private static func token(in path: String) throws(CommandFailure) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .operation("cannot read \(path): \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    var count = 0
    while count < bytes.count {
      let got = bytes.withUnsafeMutableBytes { all in
        let rest = UnsafeMutableRawBufferPointer(rebasing: all[count...])
        return read(descriptor, rest.baseAddress, rest.count)
      }
      if got < 0 && errno == EINTR { continue }
      guard got > 0 else { break }
      count += got
    }
    let line = bytes[..<count].prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    return String(decoding: line, as: UTF8.self)
  }
}
