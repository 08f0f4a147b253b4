internal import JSON

/// One pass over a config file: where it is, what it has found wrong, which names it has seen.
struct Reading {
  /// What the file can refer to.
  let surroundings: Surroundings

  /// Whether secrets may stand in the file.
  let allowsLiteralSecrets: Bool

  /// What is wrong so far.
  private(set) var faults: [ConfigurationFault] = []

  /// Facts that one section leaves for the checks of another.
  var facts = Facts()

  /// The place in the tree, such as `listeners[0].tls`.
  private(set) var path = ""

  private var names = NameTable()
  private var postponed: [Postponed] = []

  private struct Postponed {
    let path: String
    let check: @Sendable (inout Reading) -> Void
  }

  init(_ root: JSON5Node, surroundings: Surroundings) {
    self.surroundings = surroundings
    if case .bool(true)? = root.member("allowLiteralSecrets")?.value {
      allowsLiteralSecrets = true
    } else {
      allowsLiteralSecrets = surroundings.isDemo
    }
  }
}

// MARK: - Faults

extension Reading {
  /// Reports a fault of the value at the current path: "PATH problem; remedy".
  mutating func fault(_ position: SourcePosition, _ problem: String, _ remedy: String) {
    let subject = path.isEmpty ? "the config" : path
    faults.append(
      ConfigurationFault(
        file: surroundings.file, position: position, problem: "\(subject) \(problem)",
        remedy: remedy))
  }

  /// Reports that a value is not what its shape asks for.
  mutating func mismatch(_ node: JSON5Node, _ shape: Shape) {
    fault(node.position, "is \(Self.words(for: node))", "write \(shape.expectation)")
  }

  /// Reports keys that a section does not know, each with the nearest that it knows.
  mutating func refuseUnknown(_ members: [JSON5Member], known: [String]) {
    for member in members where !known.contains(where: { $0 == member.name }) {
      let name = Self.shortened(member.name)
      let remedy =
        Suggestion.nearest(to: member.name, among: known).map { "did you mean \"\($0)\"?" }
        ?? "use one of: \(known.joined(separator: ", "))"
      fault(member.position, "has the unknown key \"\(name)\"", remedy)
    }
  }

  /// Reports a word that is none of the choices, with the nearest.
  mutating func refuseChoice(_ text: String, _ node: JSON5Node, _ shape: Shape, _ words: [String]) {
    let near = Suggestion.nearest(to: text, among: words).map { "; did you mean \"\($0)\"?" } ?? ""
    fault(
      node.position, "is \(Self.words(for: node))", "write \(shape.expectation)\(near)")
  }

  private static func words(for node: JSON5Node) -> String {
    switch node.value {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .integer(let value): "the number \(value)"
    case .number(let value): "the number \(value)"
    case .string(let value): "\"\(shortened(value))\""
    case .array(let elements): "an array of \(elements.count)"
    case .object: "an object"
    }
  }

  static func shortened(_ text: String) -> String {
    let visible = String(text.unicodeScalars.map { $0.value < 0x20 ? " " : Character($0) })
    return visible.count > 60 ? visible.prefix(60) + "…" : visible
  }
}

// MARK: - Places

extension Reading {
  /// Does something one step deeper in the tree.
  mutating func within<Result>(_ step: String, _ body: (inout Reading) -> Result) -> Result {
    let outer = path
    path = outer.isEmpty && step.hasPrefix(".") ? String(step.dropFirst()) : outer + step
    defer { path = outer }
    return body(&self)
  }

  /// Does something once everything is read, at this place of the tree, whatever was wrong.
  mutating func later(_ check: @escaping @Sendable (inout Reading) -> Void) {
    postponed.append(Postponed(path: path, check: check))
  }
}

// MARK: - Names

extension Reading {
  /// Records a name that others refer to; a second one is a fault.
  mutating func define(_ name: String, _ kind: NameTable.Kind, at position: SourcePosition) {
    guard let first = names.define(name, kind, at: position) else { return }
    fault(
      position, "repeats the \(kind.rawValue) \"\(Self.shortened(name))\" of line \(first.line)",
      "give it a name of its own")
  }

  /// Records a name that must be defined somewhere in the file.
  mutating func refer(_ name: String, _ kind: NameTable.Kind, at position: SourcePosition) {
    later { reading in
      guard !reading.names.isDefined(name, kind) else { return }
      let known = reading.names.names(of: kind)
      let remedy =
        Suggestion.nearest(to: name, among: known).map { "did you mean \"\($0)\"?" }
        ?? "define it under \(kind.home)"
      reading.fault(
        position, "names the unknown \(kind.rawValue) \"\(Self.shortened(name))\"", remedy)
    }
  }

  /// Runs what was put off.
  mutating func finish() {
    for postponed in postponed {
      path = postponed.path
      postponed.check(&self)
    }
    postponed = []
    path = ""
  }
}
