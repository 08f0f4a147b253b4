internal import JSON

/// Holds a tree with positions against a schema and collects what does not fit.
struct SchemaCheck {
  let file: String
  private(set) var faults: [ConfigurationFault] = []

  init(file: String) { self.file = file }

  mutating func check(_ node: JSON5Node, _ schema: SchemaNode, at path: String) {
    guard schema.types.isEmpty || schema.types.contains(where: node.value.isOf) else {
      let types = schema.types.map(\.rawValue).joined(separator: " or ")
      return fault(node.position, path, "is of another type", "write a value of type \(types)")
    }
    if let choices = schema.choices, !choices.contains(node.json) {
      let words = choices.map(PrettyJSON.compact).joined(separator: ", ")
      return fault(node.position, path, "is none of the allowed values", "write one of \(words)")
    }
    switch node.value {
    case .integer(let value): check(Double(value), node, schema, path)
    case .number(let value): check(value, node, schema, path)
    case .string(let text): check(text, node, schema, path)
    case .array(let elements): check(elements, node, schema, path)
    case .object(let members): check(members, node, schema, path)
    case .null, .bool: break
    }
  }

  private mutating func fault(
    _ position: SourcePosition, _ path: String, _ problem: String, _ remedy: String
  ) {
    faults.append(
      ConfigurationFault(
        file: file, position: position, problem: "\(path) \(problem)", remedy: remedy))
  }
}

extension SchemaCheck {
  private mutating func check(
    _ number: Double, _ node: JSON5Node, _ schema: SchemaNode, _ path: String
  ) {
    if let minimum = schema.minimum, number < minimum {
      fault(node.position, path, "is under \(words(minimum))", "use a greater number")
    }
    if let maximum = schema.maximum, number > maximum {
      fault(node.position, path, "is over \(words(maximum))", "use a smaller number")
    }
  }

  private mutating func check(
    _ text: String, _ node: JSON5Node, _ schema: SchemaNode, _ path: String
  ) {
    let count = text.unicodeScalars.count  // "length" of JSON Schema is in code points
    guard !schema.lengths.contains(count) else { return }
    fault(
      node.position, path, "is \(count) characters long", "use \(words(schema.lengths)) characters")
  }

  private mutating func check(
    _ elements: [JSON5Node], _ node: JSON5Node, _ schema: SchemaNode, _ path: String
  ) {
    if !schema.counts.contains(elements.count) {
      fault(
        node.position, path, "has \(elements.count) elements",
        "give it \(words(schema.counts)) elements")
    }
    guard let items = schema.items.first else { return }
    for (index, element) in elements.enumerated() {
      check(element, items, at: "\(path)[\(index)]")
    }
  }

  private mutating func check(
    _ members: [JSON5Member], _ node: JSON5Node, _ schema: SchemaNode, _ path: String
  ) {
    for name in schema.required where node.member(name) == nil {
      fault(node.position, path, "lacks \"\(name)\"", "add it")
    }
    for member in members {
      let place = "\(path).\(member.name)"
      if let known = schema.properties.first(where: { $0.name == member.name }) {
        check(member.node, known.schema, at: place)
        continue
      }
      switch schema.additional {
      case .allowed: break
      case .refused: refuse(member, schema.properties.map(\.name), path)
      case .checked(let additional): check(member.node, additional, at: place)
      }
    }
  }

  private mutating func refuse(_ member: JSON5Member, _ known: [String], _ path: String) {
    let near = Suggestion.nearest(to: member.name, among: known)
    let remedy =
      near.map { "did you mean \"\($0)\"?" }
      ?? (known.isEmpty ? "remove it" : "use one of: \(known.joined(separator: ", "))")
    fault(
      member.position, path, "has the unknown key \"\(Reading.shortened(member.name))\"", remedy)
  }

  private func words(_ number: Double) -> String {
    Int64(exactly: number).map { "\($0)" } ?? "\(number)"
  }

  private func words(_ range: ClosedRange<Int>) -> String {
    range.upperBound == Int.max
      ? "at least \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
  }
}

extension JSON5Node.Value {
  /// Whether the value is of a type of JSON Schema; `1.0` is an integer there.
  fileprivate func isOf(_ type: SchemaNode.ValueType) -> Bool {
    switch (self, type) {
    case (.null, .null), (.bool, .boolean), (.integer, .integer), (.integer, .number),
      (.number, .number), (.string, .string), (.array, .array), (.object, .object):
      true
    case (.number(let value), .integer): value.rounded() == value
    default: false
    }
  }
}
