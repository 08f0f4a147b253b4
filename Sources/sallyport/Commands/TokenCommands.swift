internal import Administration
internal import JSON

enum TokenCommands {
  /// The most bytes of a token on standard input.
  private static let limit = 65_536

  static let inspect = Command(
    "token inspect",
    "Tell what the token on standard input is, and why it is or is not good",
    options: AdminCommand.options
  ) { arguments throws(CommandFailure) in
    let parameters = JSONObject([("token", .string(try token()))])
    let answer = try AdminCommand.ask(AdminPath.tokenInspect, parameters, arguments)
    AdminCommand.show(answer, arguments)
  }

  static let revoke = Command(
    "token revoke",
    "Revoke the token on standard input, or all tokens of a client, subject or grant",
    options: [
      Command.Option("--client", "ID", "All tokens that the client has by now"),
      Command.Option("--subject", "SUBJECT", "All tokens that speak for the subject by now"),
      Command.Option("--grant", "GID", "All tokens of the grant, those to come included"),
    ] + AdminCommand.options
  ) { arguments throws(CommandFailure) in
    var parameters = try named(["client", "subject", "grant"], arguments)
    guard parameters.members.count <= 1 else {
      throw .usage("token revoke: name one of --client, --subject, --grant")
    }
    if parameters.members.isEmpty { parameters["token"] = .string(try token()) }
    AdminCommand.show(try AdminCommand.ask(AdminPath.tokenRevoke, parameters, arguments), arguments)
  }

  static let list = Command(
    "token list", "List the stored tokens of a client or a subject, without secrets",
    options: [
      Command.Option("--client", "ID", "The client that they were issued to"),
      Command.Option("--subject", "SUBJECT", "The subject that they speak for"),
      Command.Option("--limit", "COUNT", "How many at most (default: 1000)"),
    ] + AdminCommand.options
  ) { arguments throws(CommandFailure) in
    var parameters = try named(["client", "subject"], arguments)
    guard parameters.members.count == 1 else {
      throw .usage("token list: name either --client or --subject")
    }
    if let text = try arguments.value("--limit") {
      guard let count = Int64(text), count > 0 else {
        throw .usage("token list: --limit must be a count, found \"\(text)\"")
      }
      parameters["limit"] = .integer(count)
    }
    let answer = try AdminCommand.ask(AdminPath.tokenList, parameters, arguments)
    guard !arguments.has("--json") else {
      AdminCommand.show(answer, arguments)
      return
    }
    AdminCommand.show(answer.object?["tokens"] ?? .array([]), arguments)
    if answer.object?["all"]?.bool == false {
      Terminal.complain("there are more; raise --limit")
    }
  }

  private static func named(
    _ names: [String], _ arguments: Arguments
  ) throws(CommandFailure) -> JSONObject {
    var parameters = JSONObject()
    for name in names {
      if let value = try arguments.value("--" + name) { parameters[name] = .string(value) }
    }
    return parameters
  }

  /// A token never stands on the command line, where every user of the machine could read it.
  private static func token() throws(CommandFailure) -> String {
    let bytes = try FileInput.line(limit: limit)
    guard !bytes.isEmpty, let text = String(validating: bytes, as: UTF8.self) else {
      throw .usage("put the token on standard input")
    }
    return text
  }
}
