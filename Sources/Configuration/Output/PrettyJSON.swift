internal import JSON

/// JSON for people: two spaces a level, short arrays of scalars on one line.
enum PrettyJSON {
  static func text(_ value: JSONValue, indent: String = "") -> String {
    let inner = indent + "  "
    switch value {
    case .object(let object) where !object.isEmpty:
      let members = object.members.map { member in
        "\(inner)\(compact(.string(member.name))): \(text(member.value, indent: inner))"
      }
      return "{\n" + members.joined(separator: ",\n") + "\n\(indent)}"
    case .array(let elements) where elements.contains { $0.object != nil || $0.array != nil }:
      let lines = elements.map { inner + text($0, indent: inner) }
      return "[\n" + lines.joined(separator: ",\n") + "\n\(indent)]"
    case .array(let elements):
      return "[" + elements.map(compact).joined(separator: ", ") + "]"
    default: return compact(value)
    }
  }

  static func compact(_ value: JSONValue) -> String {
    String(decoding: value.serialized(), as: UTF8.self)
  }

  /// A value as one writes it in JSON5, on one line: keys without quotes where they may be.
  static func json5(_ value: JSONValue) -> String {
    switch value {
    case .object(let object) where object.isEmpty: "{}"
    case .object(let object):
      "{ " + object.members.map { "\(key($0.name)): \(json5($0.value))" }.joined(separator: ", ")
        + " }"
    case .array(let elements): "[" + elements.map(json5).joined(separator: ", ") + "]"
    default: compact(value)
    }
  }

  static func key(_ name: String) -> String {
    let isPlain = name.utf8.enumerated().allSatisfy { index, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"): index > 0
      default: false
      }
    }
    return isPlain && !name.isEmpty ? name : compact(.string(name))
  }
}
