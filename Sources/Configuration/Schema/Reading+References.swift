internal import JSON

/// A string that stands elsewhere: `{ env: "NAME" }` or `{ file: "path" }`.
enum Reference {
  case environment(String)
  case file(String)

  /// The reference that a node is; `nil` for anything else.
  init?(_ node: JSON5Node) {
    guard case .object(let members) = node.value, members.count == 1,
      case .string(let target) = members[0].node.value
    else { return nil }
    switch members[0].name {
    case "env": self = .environment(target)
    case "file": self = .file(target)
    default: return nil
    }
  }
}

extension Reading {
  /// The most bytes that a referred file may hold.
  static let referenceLimit = 64 * 1024

  /// A string, or what a reference names; `nil` after a fault.
  mutating func text(_ node: JSON5Node, _ shape: Shape, longest: Int) -> String? {
    let text: String
    if case .string(let literal) = node.value {
      text = literal
    } else if let reference = Reference(node) {
      guard let bytes = resolve(reference, at: node.position) else { return nil }
      guard let decoded = String(validating: bytes, as: UTF8.self) else {
        fault(node.position, "refers to what is not UTF-8", "save it as UTF-8")
        return nil
      }
      text = decoded
    } else {
      mismatch(node, shape)
      return nil
    }
    guard text.utf8.count <= longest else {
      fault(node.position, "is over \(longest) bytes long", "write \(shape.expectation)")
      return nil
    }
    return text
  }

  /// The bytes that a reference names, one newline at the end of a file taken off.
  mutating func resolve(
    _ reference: Reference, at position: SourcePosition, keepsNewline: Bool = false
  ) -> [UInt8]? {
    switch reference {
    case .environment(let name):
      guard let value = surroundings.environment(name) else {
        fault(
          position,
          "refers to the environment variable \"\(Self.shortened(name))\", which is not set",
          "set it before the start")
        return nil
      }
      return Array(value.utf8)
    case .file(let path):
      do {
        var bytes = try TrustedFile.read(surroundings.absolute(path), limit: Self.referenceLimit)
        // Editors end a file with a newline that nobody means to be part of a secret.
        if !keepsNewline, bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return bytes
      } catch {
        fault(position, "refers to a file: \(error.problem)", error.remedy)
        return nil
      }
    }
  }
}
