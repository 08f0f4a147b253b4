extension JSONValue {
  /// Parses a whole text strictly by RFC 8259.
  ///
  /// Refused besides what the grammar refuses: duplicate names (compared after unescaping), bytes
  /// that are not UTF-8, escaped surrogates without their pair, numbers beyond a double, a byte
  /// order mark, and whatever crosses the limits.
  public init(parsing bytes: [UInt8], limits: JSONLimits = .default) throws(JSONError) {
    self = try JSONParser.parse(bytes.span, limits: limits)
  }

  /// Parses a whole text, borrowed, strictly by RFC 8259; see the initialiser from an array.
  public init(parsing bytes: Span<UInt8>, limits: JSONLimits = .default) throws(JSONError) {
    self = try JSONParser.parse(bytes, limits: limits)
  }
}

/// Builds values from what the scanner finds.
private struct JSONParser {
  private var scanner: JSONScanner

  static func parse(_ bytes: Span<UInt8>, limits: JSONLimits) throws(JSONError) -> JSONValue {
    guard bytes.count <= limits.bytes else { throw JSONError(.tooLarge, at: limits.bytes) }
    var parser = JSONParser(scanner: JSONScanner(limits: limits))
    let value = try parser.value(in: bytes, depth: 0)
    try parser.scanner.finish(in: bytes)
    return value
  }

  private mutating func value(in bytes: Span<UInt8>, depth: Int) throws(JSONError) -> JSONValue {
    switch try scanner.nextByte(in: bytes) {
    case UInt8(ascii: "\""):
      return .string(try JSONScanner.text(of: try scanner.string(in: bytes), in: bytes))
    case UInt8(ascii: "{"):
      return .object(try object(in: bytes, depth: depth + 1))
    case UInt8(ascii: "["):
      return .array(try array(in: bytes, depth: depth + 1))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return try JSONScanner.value(of: try scanner.number(in: bytes), in: bytes)
    default:
      return try scanner.literal(in: bytes)
    }
  }

  private mutating func array(in bytes: Span<UInt8>, depth: Int) throws(JSONError) -> [JSONValue] {
    var elements: [JSONValue] = []
    guard try scanner.open(UInt8(ascii: "]"), in: bytes, depth: depth) else { return elements }
    repeat {
      try scanner.countMember()
      elements.append(try value(in: bytes, depth: depth))
    } while try scanner.another(before: UInt8(ascii: "]"), in: bytes)
    return elements
  }

  private mutating func object(in bytes: Span<UInt8>, depth: Int) throws(JSONError) -> JSONObject {
    guard try scanner.open(UInt8(ascii: "}"), in: bytes, depth: depth) else { return JSONObject() }
    var members: [(name: String, value: JSONValue)] = []
    var names = UniqueNames()
    repeat {
      let slice = try scanner.memberName(in: bytes)
      let name = try JSONScanner.text(of: slice, in: bytes)
      guard names.insert(name, after: members) else {
        throw JSONError(.duplicateName, at: slice.range.lowerBound)
      }
      members.append((name, try value(in: bytes, depth: depth)))
    } while try scanner.another(before: UInt8(ascii: "}"), in: bytes)
    return JSONObject(unique: members)
  }
}

/// Tells whether a name came before: by comparing while there are few, by a set from then on.
private struct UniqueNames {
  private static let fewest = 16
  private var set: Set<[UInt8]> = []

  mutating func insert(_ name: String, after members: [(name: String, value: JSONValue)]) -> Bool {
    if members.count < Self.fewest {
      return !members.contains { sameBytes($0.name, name) }
    }
    if set.isEmpty { set = Set(members.map { Array($0.name.utf8) }) }
    return set.insert(Array(name.utf8)).inserted
  }
}
