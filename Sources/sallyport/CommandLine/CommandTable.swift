/// The commands: the table of contents of the command line.
enum CommandTable {
  static let commands: [Command] = [
    ServeCommand.command,
    CheckCommand.command,
    ConfigCommands.schema, ConfigCommands.show, ConfigCommands.example,
    ClientCommands.create, ClientCommands.list, ClientCommands.show,
    ClientCommands.rotateSecret, ClientCommands.delete,
    TokenCommands.inspect, TokenCommands.revoke, TokenCommands.list,
    KeyCommands.list, KeyCommands.plan, KeyCommands.rotate,
    JOSEVerifyCommand.command, JOSEDecryptCommand.command, JOSESignCommand.command,
    JOSEEncryptCommand.command, JOSEKeyNewCommand.command, JOSEJWKSCommand.command,
    ExplainCommand.command,
    EchoCommand.command,
    VersionCommand.command,
  ]

  /// Runs the command that the words name.
  static func run(_ words: [String]) throws(CommandFailure) {
    guard let first = words.first else { throw .usage("no command; see 'sallyport --help'") }
    if ["--help", "-h", "help"].contains(first) {
      Terminal.say(overview(of: commands))
      return
    }
    if first == "--version" {
      try VersionCommand.command.run(Arguments([], for: VersionCommand.command))
      return
    }
    let named = commands.filter { $0.name == first || $0.name.hasPrefix(first + " ") }
    guard !named.isEmpty else {
      throw .usage("unknown command \"\(first)\"; see 'sallyport --help'")
    }
    let rest = words.dropFirst()
    if let command = named.first(where: { $0.name == first }) {
      try start(command, with: Array(rest))
      return
    }
    try run(subcommand: rest, of: first, among: named)
  }

  private static func run(
    subcommand words: ArraySlice<String>, of group: String, among named: [Command]
  ) throws(CommandFailure) {
    if words.first == "--help" {
      Terminal.say(overview(of: named))
      return
    }
    guard let second = words.first,
      let command = named.first(where: { $0.name == "\(group) \(second)" })
    else {
      let choices = named.map { $0.name.dropFirst(group.count + 1) }.joined(separator: ", ")
      throw .usage("\(group): say one of: \(choices)")
    }
    try start(command, with: Array(words.dropFirst()))
  }

  private static func start(_ command: Command, with words: [String]) throws(CommandFailure) {
    if words.contains("--help") {
      Terminal.say(command.help)
      return
    }
    try command.run(Arguments(words, for: command))
  }

  private static func overview(of commands: [Command]) -> String {
    let lines = commands.map { "  sallyport " + $0.name.padded(to: 22) + $0.summary }
    return
      (["usage: sallyport COMMAND [options]", ""] + lines
      + ["", "'sallyport COMMAND --help' tells more."]).joined(separator: "\n")
  }
}
