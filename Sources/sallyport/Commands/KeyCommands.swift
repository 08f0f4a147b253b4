internal import Administration
internal import JSON

enum KeyCommands {
  static let list = Command(
    "key list", "List the keys with their states and ages", options: AdminCommand.options
  ) { arguments throws(CommandFailure) in
    AdminCommand.show(try AdminCommand.ask(AdminPath.keys, nil, arguments), arguments)
  }

  static let plan = Command(
    "key plan", "Show what happens to the keys, and when", options: AdminCommand.options
  ) { arguments throws(CommandFailure) in
    AdminCommand.show(try AdminCommand.ask(AdminPath.keyPlan, nil, arguments), arguments)
  }

  static let rotate = Command(
    "key rotate",
    "Publish a new key now; it signs once every cache of the key set must have seen it",
    options: [Command.Option("--algorithm", "ALG", "Only this algorithm's key")]
      + AdminCommand.options
  ) { arguments throws(CommandFailure) in
    var parameters = JSONObject()
    if let algorithm = try arguments.value("--algorithm") {
      parameters["algorithm"] = .string(algorithm)
    }
    AdminCommand.show(try AdminCommand.ask(AdminPath.keyRotate, parameters, arguments), arguments)
  }
}
