internal import Diagnostics
internal import HTTPServer
internal import JSON

extension Decision {
  /// What is told of it: what happened, why, what to do, and which check decided.
  var explanation: JSONValue {
    let reason = fields.compactMap(\.reason).last
    var object = JSONObject([
      ("request", .string(id.description)), ("time", .string(time.text)),
      ("outcome", .string(outcome.name)), ("method", .string(method)), ("path", .string(path)),
      ("from", .string(peer)), ("status", .integer(Int64(status))),
      ("bytes", .integer(Int64(bytes))), ("duration_us", .integer(Int64(microseconds))),
    ])
    var notes = JSONObject()
    for field in fields where field.role == .plain {
      notes[field.name.description] = field.value.json
    }
    object["notes"] = .object(notes)
    if let reason { object["reason"] = ReasonCatalogue.entry(of: reason).json }
    object["steps"] = .array(
      DecidedStep.all(of: self, for: reason).map(\.json))
    return .object(object)
  }

  /// The shape of it.
  static let schema = JSONSchema.object(
    "What became of a request",
    [
      .required("request", .string("Its id")), .required("time", .string(format: "date-time")),
      .required("outcome", .choice(Outcome.allCases.map(\.name))),
      .required("method", .string()), .required("path", .string("Without the query")),
      .required("from", .string("The peer's address")), .required("status", .integer()),
      .required("bytes", .integer("Of content that was sent", from: 0)),
      .required("duration_us", .integer("Microseconds from its head to its end", from: 0)),
      .required(
        "notes", .object("What was noted: route, client, subject, detail …", [], others: .any)),
      .optional("reason", ReasonEntry.schema),
      .required("steps", .array(of: DecidedStep.schema)),
    ]
  ).named("Decision")
}

extension DecidedStep {
  /// It as an answer has it.
  var json: JSONValue {
    .object([
      "step": .string(step.rawValue), "outcome": .string(outcome), "asks": .string(step.question),
    ])
  }

  /// The shape of it.
  static let schema = JSONSchema.object(
    "A check, and how it went",
    [
      .required("step", .string()),
      .required("outcome", .choice(["passed", "refused", "not reached", "not asked"])),
      .required("asks", .string("What the check asks")),
    ])
}

extension ReasonEntry {
  /// The catalogue's words on a reason.
  var json: JSONValue {
    .object([
      "code": .string(code.rawValue), "title": .string(title), "meaning": .string(meaning),
      "remedy": .string(remedy),
      "shown_as": .array(shownAs.map { .string($0.rawValue) }),
    ])
  }

  /// The shape of it.
  static let schema = JSONSchema.object(
    "Why, in the catalogue's words",
    [
      .required("code", .string("The stable reason code")), .required("title", .string()),
      .required("meaning", .string()), .required("remedy", .string("What to do")),
      .required("shown_as", .array(of: .string("What a client may have been told"))),
    ]
  ).named("Reason")
}

extension LogField {
  /// The reason that it carries.
  fileprivate var reason: ReasonCode? {
    guard case .reason(let code) = role else { return nil }
    return code
  }
}

extension LogField.Value {
  fileprivate var json: JSONValue {
    switch self {
    case .text(let text): .string(text)
    case .integer(let number): .integer(number)
    case .number(let number): .string(String(number))
    case .truth(let truth): .bool(truth)
    }
  }
}
