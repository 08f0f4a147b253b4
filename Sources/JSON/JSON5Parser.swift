/// Builds the positioned tree of a JSON5 text.
struct JSON5Parser {
  var cursor: JSON5Cursor
  let limits: JSONLimits
  private(set) var duplicates: [JSON5Error] = []
  private var members = 0

  init(cursor: JSON5Cursor, limits: JSONLimits) {
    self.cursor = cursor
    self.limits = limits
  }

  mutating func document() throws(JSON5Error) -> JSON5Node {
    let root = try value(depth: 0)
    try cursor.skipBlank()
    guard cursor.next == nil else { throw JSON5Error(.trailingText, at: cursor.position) }
    return root
  }

  private mutating func value(depth: Int) throws(JSON5Error) -> JSON5Node {
    try cursor.skipBlank()
    let start = cursor.position
    guard let scalar = cursor.next else { throw JSON5Error(.unexpectedEnd, at: start) }
    switch scalar {
    case "{": return JSON5Node(.object(try object(depth: depth + 1)), at: start)
    case "[": return JSON5Node(.array(try array(depth: depth + 1)), at: start)
    case "\"", "'": return JSON5Node(.string(try string()), at: start)
    case "+", "-", ".", "0"..."9": return JSON5Node(try number(), at: start)
    default: return JSON5Node(try word(), at: start)
    }
  }

  private mutating func word() throws(JSON5Error) -> JSON5Node.Value {
    let start = cursor.position
    guard let scalar = cursor.next, Self.beginsName(scalar) else {
      throw JSON5Error(.unexpectedCharacter, at: start)
    }
    switch try identifier() {
    case "null": return .null
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "Infinity", "NaN": throw JSON5Error(.notFinite, at: start)
    default: throw JSON5Error(.unknownWord, at: start)
    }
  }
}

// MARK: - Arrays and objects

extension JSON5Parser {
  private mutating func array(depth: Int) throws(JSON5Error) -> [JSON5Node] {
    try open(depth: depth)
    var elements: [JSON5Node] = []
    while true {
      try cursor.skipBlank()
      if try cursor.skip("]") { return elements }
      try countMember()
      elements.append(try value(depth: depth))
      try cursor.skipBlank()
      if try !cursor.skip(",") {
        guard cursor.next == "]" else { throw missing(.expectedCommaOrBracket) }
      }
    }
  }

  private mutating func object(depth: Int) throws(JSON5Error) -> [JSON5Member] {
    try open(depth: depth)
    var found: [JSON5Member] = []
    var names: Set<[UInt8]> = []
    while true {
      try cursor.skipBlank()
      if try cursor.skip("}") { return found }
      try countMember()
      let member = try self.member(depth: depth)
      if !names.insert(Array(member.name.utf8)).inserted {
        duplicates.append(JSON5Error(.duplicateName, at: member.position))
      }
      found.append(member)
      try cursor.skipBlank()
      if try !cursor.skip(",") {
        guard cursor.next == "}" else { throw missing(.expectedCommaOrBrace) }
      }
    }
  }

  private mutating func member(depth: Int) throws(JSON5Error) -> JSON5Member {
    let start = cursor.position
    let name = try self.name()
    try cursor.skipBlank()
    guard try cursor.skip(":") else { throw missing(.expectedColon) }
    return JSON5Member(name: name, position: start, node: try value(depth: depth))
  }

  private mutating func name() throws(JSON5Error) -> String {
    guard let scalar = cursor.next else { throw missing(.expectedName) }
    if scalar == "\"" || scalar == "'" { return try string() }
    guard Self.beginsName(scalar) else { throw missing(.expectedName) }
    return try identifier()
  }

  private mutating func open(depth: Int) throws(JSON5Error) {
    guard depth <= limits.depth else { throw JSON5Error(.tooDeep, at: cursor.position) }
    try cursor.advance()
  }

  private mutating func countMember() throws(JSON5Error) {
    guard members < limits.members else { throw JSON5Error(.tooManyMembers, at: cursor.position) }
    members += 1
  }

  private func missing(_ reason: JSON5Error.Reason) -> JSON5Error {
    JSON5Error(cursor.next == nil ? .unexpectedEnd : reason, at: cursor.position)
  }
}

// MARK: - Names without quotes (ECMAScript 5.1 IdentifierName)

extension JSON5Parser {
  private static func beginsName(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "$" || scalar == "_" || scalar == "\\" || scalar.properties.isIDStart
  }

  private static func continuesName(_ scalar: Unicode.Scalar) -> Bool {
    beginsName(scalar) || scalar.properties.isIDContinue || scalar == "\u{200C}"
      || scalar == "\u{200D}"
  }

  private mutating func identifier() throws(JSON5Error) -> String {
    var name = String.UnicodeScalarView()
    while let scalar = cursor.next, Self.continuesName(scalar) {
      name.append(scalar == "\\" ? try escapedNameCharacter() : try cursor.advance())
    }
    return String(name)
  }

  private mutating func escapedNameCharacter() throws(JSON5Error) -> Unicode.Scalar {
    let start = cursor.position
    guard let scalar = try escape(), scalar != "\\", Self.continuesName(scalar) else {
      throw JSON5Error(.invalidEscape, at: start)
    }
    return scalar
  }
}
