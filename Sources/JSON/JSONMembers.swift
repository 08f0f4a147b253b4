/// The top-level members of an object, found and checked but not built.
///
/// The whole text is checked by the grammar and the limits, and repeated top-level names are
/// refused (RFC 7519 section 4: claim names are unique). Names repeated inside a nested value are
/// refused when that value is parsed by `value`. One allocation for a claims set of usual size.
public struct JSONMembers: Sendable {
  /// The text.
  public let bytes: [UInt8]

  private var members: [Member]

  /// Scans a text whose outermost value must be an object.
  public init(scanning bytes: [UInt8], limits: JSONLimits = .default) throws(JSONError) {
    guard bytes.count <= limits.bytes else { throw JSONError(.tooLarge, at: limits.bytes) }
    self.bytes = bytes
    members = []
    members.reserveCapacity(16)
    try scan(bytes.span, JSONScanner(limits: limits))
  }

  private mutating func scan(
    _ span: Span<UInt8>, _ start: JSONScanner
  ) throws(JSONError) {
    var scanner = start
    guard try scanner.nextByte(in: span) == UInt8(ascii: "{") else {
      throw JSONError(.notAnObject, at: scanner.offset)
    }
    if try scanner.open(UInt8(ascii: "}"), in: span, depth: 1) {
      repeat {
        let name = try scanner.memberName(in: span)
        _ = try scanner.nextByte(in: span)
        let start = scanner.offset
        try scanner.skipValue(in: span, depth: 1)
        members.append(Member(name: name, value: start..<scanner.offset, in: span))
      } while try scanner.another(before: UInt8(ascii: "}"), in: span)
    }
    try scanner.finish(in: span)
    try refuseDuplicates(in: span)
  }
}

// MARK: - What a member holds

extension JSONMembers {
  /// How many members there are.
  public var count: Int { members.count }

  /// The place of a member's value in `bytes`.
  public func range(_ name: String) -> Range<Int>? {
    let (span, name) = (bytes.span, name.utf8.span)
    for member in members where member.isNamed(name, in: span) { return member.value }
    return nil
  }

  /// A member's value parsed, `nil` where the name is absent.
  public func value(
    _ name: String, limits: JSONLimits = .default
  ) throws(JSONError) -> JSONValue? {
    guard let range = range(name) else { return nil }
    do {
      return try JSONValue(parsing: bytes.span.extracting(range), limits: limits)
    } catch {
      throw JSONError(error.reason, at: range.lowerBound + error.offset)
    }
  }

  /// The string of a member; `nil` where the name is absent or its value is something else.
  public func string(_ name: String) -> String? {
    guard let range = range(name), bytes[range.lowerBound] == UInt8(ascii: "\"") else { return nil }
    var scanner = JSONScanner(limits: .default)
    scanner.offset = range.lowerBound
    do {
      return try JSONScanner.text(of: try scanner.string(in: bytes.span), in: bytes.span)
    } catch {
      return nil  // Cannot happen: the string was checked when the text was scanned.
    }
  }

  /// The integer of a member; `nil` where the name is absent or its value is something else.
  public func integer(_ name: String) -> Int64? {
    guard let range = range(name) else { return nil }
    let span = bytes.span
    for place in range {
      let isSign = place == range.lowerBound && span[place] == UInt8(ascii: "-")
      guard isSign || span[place] &- UInt8(ascii: "0") <= 9 else { return nil }
    }
    return JSONScanner.integer(of: range, in: span)
  }
}

// MARK: - Names

extension JSONMembers {
  private struct Member: Sendable {
    let name: Range<Int>
    let value: Range<Int>
    /// The name's bytes where it was written with escapes.
    let unescapedName: [UInt8]?

    init(name: JSONScanner.StringSlice, value: Range<Int>, in bytes: Span<UInt8>) {
      self.name = name.range
      self.value = value
      unescapedName = name.hasEscapes ? JSONScanner.unescaped(name.range, in: bytes) : nil
    }

    func isNamed(_ other: Span<UInt8>, in bytes: Span<UInt8>) -> Bool {
      if let unescapedName { return Self.equal(unescapedName.span, other) }
      return name.count == other.count && Self.equal(bytes.extracting(name), other)
    }

    private static func equal(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
      guard one.count == other.count else { return false }
      for place in one.indices where one[place] != other[place] { return false }
      return true
    }

    func sharesName(with other: Member, in bytes: Span<UInt8>) -> Bool {
      guard unescapedName == nil, other.unescapedName == nil else {
        return nameBytes(in: bytes) == other.nameBytes(in: bytes)
      }
      guard name.count == other.name.count else { return false }
      for place in 0..<name.count
      where bytes[name.lowerBound + place] != bytes[other.name.lowerBound + place] { return false }
      return true
    }

    func nameBytes(in bytes: Span<UInt8>) -> [UInt8] {
      unescapedName ?? name.map { bytes[$0] }
    }
  }

  /// Compares each with each while they are few; a stranger's thousand names go through a set.
  private func refuseDuplicates(in bytes: Span<UInt8>) throws(JSONError) {
    guard members.count <= 32 else { return try refuseDuplicatesAmongMany(in: bytes) }
    for later in members.indices.dropFirst() {
      for earlier in 0..<later where members[earlier].sharesName(with: members[later], in: bytes) {
        throw JSONError(.duplicateName, at: members[later].name.lowerBound)
      }
    }
  }

  private func refuseDuplicatesAmongMany(in bytes: Span<UInt8>) throws(JSONError) {
    var names: Set<[UInt8]> = []
    for member in members where !names.insert(member.nameBytes(in: bytes)).inserted {
      throw JSONError(.duplicateName, at: member.name.lowerBound)
    }
  }
}
