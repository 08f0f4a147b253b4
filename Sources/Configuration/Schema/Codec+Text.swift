internal import JSON

extension Codec where Value == String {
  /// A name of our own making: letters, digits, `.`, `_`, `-`.
  static func name(_ example: String) -> Codec {
    .text(
      "a name of 1 to 64 letters, digits, \".\", \"_\" or \"-\"", example: .string(example),
      longest: 64
    ) { text, _ in
      let isName =
        !text.isEmpty
        && text.utf8.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "-"):
            true
          default: false
          }
        }
      return isName ? text : nil
    }
  }

  /// Words for people: no control characters.
  static func words(_ example: String) -> Codec {
    .text(
      "up to 256 bytes of text without control characters", example: .string(example), longest: 256
    ) {
      text, _ in
      text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } ? nil : text
    }
  }

  /// The path of a file or folder; made absolute from the folder of the config.
  static func path(_ example: String) -> Codec {
    .text("a path, relative to the folder of this file", example: .string(example), longest: 4096) {
      text, reading in
      text.isEmpty || text.utf8.contains(0) ? nil : reading.surroundings.absolute(text)
    }
  }
}

extension Codec where Value: RawRepresentable<String> & CaseIterable {
  /// One of the cases of a closed choice, by its raw value.
  static var choice: Codec { .choice(among: Value.allCases.map { ($0.rawValue, $0) }) }
}

extension Codec {
  /// One of some words.
  static func choice(among choices: [(word: String, value: Value)]) -> Codec {
    let words = choices.map(\.word)
    let shape = Shape(
      .choice(words), "one of " + words.map { "\"\($0)\"" }.joined(separator: ", "),
      example: .string(words.first ?? ""))
    return Codec(shape: shape) { node, reading in
      guard let text = reading.text(node, shape, longest: 256) else { return nil }
      if let choice = choices.first(where: { $0.word == text }) { return choice.value }
      reading.refuseChoice(text, node, shape, words)
      return nil
    }
  }

  /// The value turned into another, or refused with a fault.
  func refined<Other: Sendable>(
    _ refine: @escaping @Sendable (Value, JSON5Node, inout Reading) -> Other?
  ) -> Codec<Other> {
    Codec<Other>(shape: shape) { node, reading in
      guard let value = decode(node, &reading) else { return nil }
      return refine(value, node, &reading)
    }
  }
}
