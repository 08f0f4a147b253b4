internal import Administration
internal import JSON

enum ClientCommands {
  static let create = Command(
    "client create", operands: "[ID]", mostPositional: 1,
    "Register a client; prints its secret, once",
    options: [
      Command.Option("--grant-type", "TYPE", "A grant it may use; may be repeated"),
      Command.Option("--scope", "SCOPE", "A scope it may be given; may be repeated"),
      Command.Option("--public", nil, "A public client, without a secret"),
      Command.Option("--format", "FORMAT", "Its access tokens' format: jws, jwe or uuid"),
      Command.Option("--algorithm", "ALG", "Its access tokens' signature algorithm"),
      Command.Option("--lifetime", "SECONDS", "Its access tokens' lifetime"),
    ] + AdminCommand.options
  ) { arguments throws(CommandFailure) in
    var parameters = JSONObject([
      ("grantTypes", .array(arguments.all("--grant-type").map(JSONValue.string))),
      ("scopes", .array(arguments.all("--scope").map(JSONValue.string))),
      ("public", .bool(arguments.has("--public"))),
    ])
    if let id = arguments.positional.first { parameters["id"] = .string(id) }
    if let format = try arguments.value("--format") { parameters["format"] = .string(format) }
    if let algorithm = try arguments.value("--algorithm") {
      parameters["algorithm"] = .string(algorithm)
    }
    if let text = try arguments.value("--lifetime") {
      guard let seconds = Int64(text), seconds > 0 else {
        throw .usage("client create: --lifetime must be a count of seconds, found \"\(text)\"")
      }
      parameters["lifetime"] = .integer(seconds)
    }
    AdminCommand.show(try AdminCommand.ask(AdminPath.clients, parameters, arguments), arguments)
  }

  static let list = Command(
    "client list", "List the clients of the config and in storage", options: AdminCommand.options
  ) { arguments throws(CommandFailure) in
    AdminCommand.show(try AdminCommand.ask(AdminPath.clients, nil, arguments), arguments)
  }

  static let show = Command(
    "client show", operands: "ID", mostPositional: 1, "Show a client",
    options: AdminCommand.options
  ) { arguments throws(CommandFailure) in
    let result = try AdminCommand.ask(AdminPath.clientShow, named(arguments), arguments)
    AdminCommand.show(result, arguments)
  }

  static let rotateSecret = Command(
    "client rotate-secret", operands: "ID", mostPositional: 1,
    "Give a client a new secret; prints it, once",
    options: [
      Command.Option("--overlap", "TIME", "How long the old ones stay good: 90s, 10m, 24h, 7d")
    ] + AdminCommand.options
  ) { arguments throws(CommandFailure) in
    var parameters = try named(arguments)
    if let text = try arguments.value("--overlap") {
      guard let seconds = seconds(text) else {
        throw .usage(
          "client rotate-secret: --overlap must be like 90s, 10m, 24h, 7d; found \"\(text)\"")
      }
      parameters["overlap"] = .integer(seconds)
    }
    AdminCommand.show(
      try AdminCommand.ask(AdminPath.clientRotate, parameters, arguments), arguments)
  }

  static let delete = Command(
    "client delete", operands: "ID", mostPositional: 1, "Delete a client of the storage",
    options: AdminCommand.options
  ) { arguments throws(CommandFailure) in
    AdminCommand.show(
      try AdminCommand.ask(AdminPath.clientDelete, named(arguments), arguments), arguments)
  }

  private static func named(_ arguments: Arguments) throws(CommandFailure) -> JSONObject {
    guard let id = arguments.positional.first else { throw .usage("name the client") }
    return JSONObject([("id", .string(id))])
  }

  private static func seconds(_ text: String) -> Int64? {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()),
      count >= 0
    else { return nil }
    let (seconds, overflow) = count.multipliedReportingOverflow(by: unit)
    return overflow ? nil : seconds
  }
}
