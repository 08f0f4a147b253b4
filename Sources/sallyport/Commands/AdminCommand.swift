internal import Administration
internal import Configuration
internal import JSON

/// What commands on a running instance share: finding its admin socket, and showing results.
enum AdminCommand {
  static let options =
    ConfigArgument.options + [
      Command.Option("--socket", "PATH", "The instance's admin socket itself"),
      Command.Option("--json", nil, "Print JSON"),
    ]

  /// Asks the running instance.
  static func ask(
    _ path: String, _ parameters: JSONObject? = nil, _ arguments: Arguments
  ) throws(CommandFailure) -> JSONValue {
    let socket = try AdminSocket(path: socketPath(arguments))
    do throws(AdminSocket.Failure) {
      return try socket.ask(path, parameters)
    } catch {
      throw .operation(error.message)
    }
  }

  private static func socketPath(_ arguments: Arguments) throws(CommandFailure) -> String {
    if let path = try arguments.value("--socket") { return path }
    return try ConfigArgument.load(arguments).admin.socket
  }

  /// Prints a result: as JSON, or as aligned `name: value` lines.
  static func show(_ value: JSONValue, _ arguments: Arguments) {
    if arguments.has("--json") {
      Terminal.say(String(decoding: value.serialized(), as: UTF8.self))
      return
    }
    for (index, object) in (value.array ?? [value]).enumerated() {
      if index > 0 { Terminal.say("") }
      for member in object.object?.members ?? [] {
        Terminal.say("\(member.name): ".padded(to: 18) + text(member.value))
      }
    }
  }

  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .array(let elements): elements.map(text).joined(separator: ", ")
    case .object(let object):
      object.members.map { "\($0.name) \(text($0.value))" }.joined(separator: " ")
    default: String(decoding: value.serialized(), as: UTF8.self)
    }
  }
}
