public import JSON

/// What a plugin is told: a tree with positions, and the same as JSON bytes.
public struct PluginConfig: Sendable {
  /// The tree, references resolved.
  public let node: JSON5Node
  /// The same as compact JSON: an object.
  public let json: [UInt8]
  /// The file it stands in.
  let file: String
  /// Where in the file's tree it stands, such as `plugins.storage.config`.
  let path: String
}

extension PluginConfig {
  /// A fault that a plugin found in its configuration, put where a JSON Pointer (RFC 6901) leads.
  public func fault(_ pointer: String, _ problem: String) -> ConfigurationFault {
    var (place, name) = (node, path)
    for step in pointer.split(separator: "/", omittingEmptySubsequences: true) {
      let key = Self.unescaped(step)
      if let member = place.member(key) {
        (place, name) = (member, "\(name).\(key)")
      } else if let index = Int(key), place.elements.indices.contains(index) {
        (place, name) = (place.elements[index], "\(name)[\(index)]")
      } else {
        break
      }
    }
    return ConfigurationFault(
      file: file, position: place.position, problem: "\(name): \(problem)",
      remedy: "see what the plugin's schema asks for")
  }
}

extension PluginConfig {
  /// A step of a JSON Pointer with `~1` and `~0` resolved.
  private static func unescaped(_ step: Substring) -> String {
    let slashes = step.split(separator: "~1", omittingEmptySubsequences: false)
    let text = slashes.joined(separator: "/")
    return text.split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~")
  }
}

extension Codec where Value == PluginConfig {
  /// An object whose keys only the plugin knows.
  static var pluginConfig: Codec {
    let shape = Shape(.free, "an object", example: [:])
    return Codec(shape: shape) { node, reading in
      guard case .object = node.value else {
        reading.mismatch(node, shape)
        return nil
      }
      guard let resolved = reading.resolvingReferences(node) else { return nil }
      return PluginConfig(
        node: resolved, json: resolved.json.serialized(), file: reading.surroundings.file,
        path: reading.path)
    }
  }
}

extension Reading {
  /// The tree with each `{ env }` and `{ file }` replaced by the string that it names.
  fileprivate mutating func resolvingReferences(_ node: JSON5Node) -> JSON5Node? {
    if let reference = Reference(node) {
      guard let bytes = resolve(reference, at: node.position) else { return nil }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        fault(node.position, "refers to what is not UTF-8", "save it as UTF-8")
        return nil
      }
      return JSON5Node(.string(text), at: node.position)
    }
    switch node.value {
    case .array(let elements):
      let resolved = elements.map { resolvingReferences($0) }
      guard !resolved.contains(where: { $0 == nil }) else { return nil }
      return JSON5Node(.array(resolved.compactMap(\.self)), at: node.position)
    case .object(let members):
      let resolved = members.map { ($0, resolvingReferences($0.node)) }
      guard !resolved.contains(where: { $0.1 == nil }) else { return nil }
      let all = resolved.compactMap { member, node in
        node.map { JSON5Member(name: member.name, position: member.position, node: $0) }
      }
      return JSON5Node(.object(all), at: node.position)
    default: return node
    }
  }
}
