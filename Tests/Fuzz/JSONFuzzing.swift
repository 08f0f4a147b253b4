internal import JSON

/// JSON5 of config files, JSON of everything else.
enum JSONFuzzing {
  static func run(_ bytes: [UInt8]) -> Int32 {
    // A refusal is an answer, here and below.
    let loose = try? JSON5Document(parsing: bytes)
    if let strict = try? JSONValue(parsing: bytes) {
      if loose == nil { Fuzz.broken("JSON that JSON5 refuses") }
      let written = strict.serialized()
      guard let again = try? JSONValue(parsing: written), again == strict else {
        Fuzz.broken(
          "what was written reads differently: \(String(decoding: written, as: UTF8.self))")
      }
      if case .object = strict, (try? JSONMembers(scanning: bytes)) == nil {
        Fuzz.broken("an object that the scanner refuses")
      }
    }
    return 0
  }
}
