internal import JSON

/// A config file to begin with: every key with its meaning; what may be left out is a comment.
struct ExampleText {
  private static let width = 96
  private var lines: [String] = []

  static func text() -> String {
    var example = ExampleText()
    example.lines.append("// An example of a Sallyport config: every key, with what it means.")
    example.lines.append("// docs/configuration.md says more.")
    example.value(Shape.file, opening: "", closing: "", indent: "")
    return example.lines.joined(separator: "\n") + "\n"
  }

  /// Writes a value between what stands before and after it on its lines.
  private mutating func value(_ shape: Shape, opening: String, closing: String, indent: String) {
    switch shape.kind {
    case .section(let section):
      lines.append("\(indent)\(opening){")
      for (index, field) in section.fields.enumerated() {
        if index > 0 && indent.isEmpty { lines.append("") }
        self.field(field, indent: indent + "  ")
      }
      lines.append("\(indent)}\(closing)")
    case .list(let element, _) where element.isSection:
      lines.append("\(indent)\(opening)[")
      value(element, opening: "", closing: ",", indent: indent + "  ")
      lines.append("\(indent)]\(closing)")
    case .map(let element) where element.isSection:
      lines.append("\(indent)\(opening){")
      for name in (shape.example.object ?? [:]).members.map(\.name) {
        value(
          element, opening: "\(PrettyJSON.key(name)): ", closing: ",", indent: indent + "  ")
      }
      lines.append("\(indent)}\(closing)")
    default:
      let text = PrettyJSON.json5(shape.example(complete: false))
      lines.append("\(indent)\(opening)\(text)\(closing)")
    }
  }

  private mutating func field(_ field: FieldShape, indent: String) {
    comment(field.documentation, indent: indent)
    let opening = "\(PrettyJSON.key(field.name)): "
    switch field.presence {
    case .defaults(let value) where !field.isShown && !isSection(field, value):
      lines.append("\(indent)\(opening)\(PrettyJSON.json5(value)),")
    case .optional where !field.isShown:
      let text = PrettyJSON.json5(field.shape.example(complete: false))
      lines.append("\(indent)// \(opening)\(text),")
    default: value(field.shape, opening: opening, closing: ",", indent: indent)
    }
  }

  private func isSection(_ field: FieldShape, _ value: JSONValue) -> Bool {
    field.shape.isSection && value.object?.isEmpty == true
  }

  private mutating func comment(_ text: String, indent: String) {
    var line = "\(indent)//"
    for word in text.split(separator: " ") {
      if line.count + word.count + 1 > Self.width {
        lines.append(line)
        line = "\(indent)//"
      }
      line += " \(word)"
    }
    lines.append(line)
  }
}
