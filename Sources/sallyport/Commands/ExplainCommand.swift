internal import Administration
internal import JSON

enum ExplainCommand {
  static let command = Command(
    "explain", operands: "[REQUEST_ID]", mostPositional: 1,
    "Tell why a request was answered as it was; without an id, list the last refusals",
    options: AdminCommand.options
  ) { arguments throws(CommandFailure) in
    guard let id = arguments.positional.first else {
      let list = try AdminCommand.ask(AdminPath.refusals, nil, arguments)
      if arguments.has("--json") {
        AdminCommand.show(list, arguments)
      } else {
        for decision in list.array ?? [] { Terminal.say(line(of: decision)) }
      }
      return
    }
    let parameters = JSONObject([("request", .string(id))])
    let decision = try AdminCommand.ask(AdminPath.explain, parameters, arguments)
    if arguments.has("--json") {
      AdminCommand.show(decision, arguments)
    } else {
      for line in lines(of: decision) { Terminal.say(line) }
    }
  }

  /// One line in a list: when, which, what, why.
  private static func line(of decision: JSONValue) -> String {
    let request = decision.text("method") + " " + decision.text("path")
    let reason = decision.object?["reason"]?.text("code") ?? ""
    return [
      decision.text("time"), decision.text("request"), decision.text("status"), reason, request,
    ]
    .joined(separator: "  ")
  }

  private static func lines(of decision: JSONValue) -> [String] {
    var lines = [
      row("request", decision.text("request")),
      row("time", decision.text("time")),
      row(
        "asked", "\(decision.text("method")) \(decision.text("path")) from \(decision.text("from"))"
      ),
      row("answered", "\(decision.text("status")) in \(decision.text("duration_us")) us"),
      row("outcome", decision.text("outcome")),
    ]
    for note in decision.object?["notes"]?.object?.members ?? [] {
      lines.append(row(note.name, note.value.plain))
    }
    return lines + reason(of: decision) + steps(of: decision)
  }

  /// The catalogue's words on the reason, if there is one.
  static func reason(of decision: JSONValue) -> [String] {
    guard let reason = decision.object?["reason"] else { return [] }
    return [
      "", row("reason", "\(reason.text("code")): \(reason.text("title"))"),
      row("meaning", reason.text("meaning")), row("what to do", reason.text("remedy")),
      row("clients see", reason.text("shown_as")),
    ]
  }

  /// The checks, and how each went.
  static func steps(of decision: JSONValue) -> [String] {
    [""]
      + (decision.object?["steps"]?.array ?? []).map { step in
        "  " + step.text("outcome").padded(to: 12) + step.text("step").padded(to: 14)
          + step.text("asks")
      }
  }

  static func row(_ name: String, _ text: String) -> String {
    (name + ":").padded(to: 14) + text
  }
}

extension JSONValue {
  /// A member as a person reads it.
  func text(_ name: String) -> String { object?[name]?.plain ?? "" }

  /// The value as a person reads it.
  var plain: String {
    if let text = string { return text }
    if let list = array { return list.map(\.plain).joined(separator: ", ") }
    return String(decoding: serialized(), as: UTF8.self)
  }
}
