internal import JSON

extension Codec {
  /// An object with known keys.
  static func section(_ section: Section<Value>) -> Codec {
    let shape = Shape(.section(section.shape), "an object", example: [:])
    return Codec(shape: shape) { node, reading in
      guard case .object(let members) = node.value else {
        reading.mismatch(node, shape)
        return nil
      }
      return section.decode(node, members, &reading)
    }
  }

  /// An array; every element is read, so that every fault is found.
  static func list<Element: Sendable>(
    of element: Codec<Element>, count: ClosedRange<Int> = 0...1000
  ) -> Codec where Value == [Element] {
    let shape = Shape(
      .list(element.shape, count),
      "an array of \(count.lowerBound) to \(count.upperBound) elements",
      example: .array([element.shape.example]))
    return Codec(shape: shape) { node, reading in
      guard case .array(let nodes) = node.value, count.contains(nodes.count) else {
        reading.mismatch(node, shape)
        return nil
      }
      var values: [Element] = []
      for (index, node) in nodes.enumerated() {
        let value = reading.within("[\(index)]") { element.decode(node, &$0) }
        if let value { values.append(value) }
      }
      return values.count == nodes.count ? values : nil
    }
  }

  /// An array in which no value may repeat.
  static func set<Element: Sendable & Hashable>(
    of element: Codec<Element>, count: ClosedRange<Int> = 0...1000
  ) -> Codec where Value == [Element] {
    Codec.list(of: element, count: count).checked { values, node, reading in
      guard case .array(let nodes) = node.value else { return }
      var seen: Set<Element> = []
      for (index, value) in values.enumerated() where !seen.insert(value).inserted {
        reading.within("[\(index)]") { inside in
          inside.fault(nodes[index].position, "repeats \"\(value)\"", "remove it")
        }
      }
    }
  }

  /// An object with keys of the user's choice; each key is read as a string would be.
  static func map<Key: Sendable, Element: Sendable>(
    of key: Codec<Key>, to element: Codec<Element>
  ) -> Codec where Value == [(key: Key, value: Element)] {
    let shape = Shape(.map(element.shape), "an object", example: [:])
    return Codec(shape: shape) { node, reading in
      guard case .object(let members) = node.value else {
        reading.mismatch(node, shape)
        return nil
      }
      var values: [(key: Key, value: Element)] = []
      for member in members {
        reading.within(".\(member.name)") { inside in
          let name = key.decode(JSON5Node(.string(member.name), at: member.position), &inside)
          let value = element.decode(member.node, &inside)
          if let name, let value { values.append((name, value)) }
        }
      }
      return values.count == members.count ? values : nil
    }
  }
}
