internal import JSON

/// Reads one kind of value from the config and says what that kind is.
struct Codec<Value: Sendable>: Sendable {
  /// What the value looks like in the file.
  let shape: Shape

  /// Reads it; `nil` after having reported at least one fault.
  let decode: @Sendable (JSON5Node, inout Reading) -> Value?
}

extension Codec {
  /// A value written as a string, or as a reference to one.
  static func text(
    _ expectation: String, example: JSONValue, longest: Int = 512, kind: Shape.Kind? = nil,
    parse: @escaping @Sendable (String, Reading) -> Value?
  ) -> Codec {
    let shape = Shape(kind ?? .text(longest: longest), expectation, example: example)
    return Codec(shape: shape) { node, reading in
      guard let text = reading.text(node, shape, longest: longest) else { return nil }
      guard let value = parse(text, reading) else {
        reading.mismatch(node, shape)
        return nil
      }
      return value
    }
  }

  /// The value turned into another.
  func map<Other: Sendable>(_ transform: @escaping @Sendable (Value) -> Other) -> Codec<Other> {
    Codec<Other>(shape: shape) { node, reading in decode(node, &reading).map(transform) }
  }

  /// The same with another example.
  func example(_ example: JSONValue) -> Codec {
    Codec(shape: Shape(shape.kind, shape.expectation, example: example), decode: decode)
  }

  /// The same with another word as the example.
  func example(_ example: String) -> Codec { self.example(.string(example)) }

  /// The same with something done before a value is read, whether it can be read or not.
  func preceded(by step: @escaping @Sendable (JSON5Node, inout Reading) -> Void) -> Codec {
    Codec(shape: shape) { node, reading in
      step(node, &reading)
      return decode(node, &reading)
    }
  }

  /// The same with something done after each value that was read.
  func checked(
    _ check: @escaping @Sendable (Value, JSON5Node, inout Reading) -> Void
  ) -> Codec {
    Codec(shape: shape) { node, reading in
      guard let value = decode(node, &reading) else { return nil }
      check(value, node, &reading)
      return value
    }
  }
}

extension Codec where Value: CustomStringConvertible {
  /// The value is a name that others refer to; a second one of the kind is a fault.
  func defining(_ kind: NameTable.Kind) -> Codec {
    checked { value, node, reading in reading.define(value.description, kind, at: node.position) }
  }

  /// The value is a name that must be defined somewhere.
  func referring(to kind: NameTable.Kind) -> Codec {
    checked { value, node, reading in reading.refer(value.description, kind, at: node.position) }
  }
}
