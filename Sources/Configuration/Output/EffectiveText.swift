internal import JSON

/// What counts: the file with every default filled in and every secret masked.
enum EffectiveText {
  private static let mask: JSONValue = "[redacted]"

  static func text(_ root: JSON5Node) -> String {
    PrettyJSON.text(value(root, Shape.file)) + "\n"
  }

  private static func value(_ node: JSON5Node, _ shape: Shape) -> JSONValue {
    // A reference is shown as it stands: it names a secret and is none.
    if Reference(node) != nil { return node.json }
    switch shape.kind {
    case .secret: return mask
    case .section(let section): return .object(object(node, section))
    case .list(let element, _): return .array(node.elements.map { value($0, element) })
    case .map(let element):
      guard case .object(let members) = node.value else { return node.json }
      return .object(JSONObject(members.map { ($0.name, value($0.node, element)) }))
    case .free: return masked(node)
    default: return node.json
    }
  }

  private static func object(_ node: JSON5Node, _ section: SectionShape) -> JSONObject {
    JSONObject(
      section.fields.compactMap { field in
        if let member = node.member(field.name) { return (field.name, value(member, field.shape)) }
        guard case .defaults(let json) = field.presence else { return nil }
        return (field.name, value(JSON5Node(json: json, at: node.position), field.shape))
      })
  }

  /// A plugin's own config, of which nobody here knows what is secret: judged by the names.
  private static func masked(_ node: JSON5Node) -> JSONValue {
    if Reference(node) != nil { return node.json }
    switch node.value {
    case .array(let elements): return .array(elements.map(masked))
    case .object(let members):
      return .object(
        JSONObject(
          members.map { ($0.name, isSensitive($0.name) ? mask : masked($0.node)) }))
    default: return node.json
    }
  }

  private static func isSensitive(_ name: String) -> Bool {
    let name = name.lowercased()
    return ["secret", "password", "passphrase", "token", "key", "credential"]
      .contains { name.contains($0) }
  }
}
