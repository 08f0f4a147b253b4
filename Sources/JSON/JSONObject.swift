/// The members of a JSON object in the order they were written; names are unique by their bytes.
public struct JSONObject: Sendable {
  /// The members in order.
  public private(set) var members: [(name: String, value: JSONValue)]

  /// An object without members.
  public init() { members = [] }

  /// An object of members; a repeated name keeps its first place and its last value.
  public init(_ members: [(String, JSONValue)]) {
    self.members = []
    self.members.reserveCapacity(members.count)
    for (name, value) in members { self[name] = value }
  }

  /// Members whose names the caller has checked to be unique.
  init(unique members: [(name: String, value: JSONValue)]) { self.members = members }

  /// Whether there is no member.
  public var isEmpty: Bool { members.isEmpty }

  /// How many members there are.
  public var count: Int { members.count }

  /// The value of a name; setting `nil` removes the member, setting a new name appends it.
  public subscript(name: String) -> JSONValue? {
    get { members.first { sameBytes($0.name, name) }?.value }
    set {
      let place = members.firstIndex { sameBytes($0.name, name) }
      switch (place, newValue) {
      case (let place?, let value?): members[place].value = value
      case (let place?, nil): members.remove(at: place)
      case (nil, let value?): members.append((name, value))
      case (nil, nil): break
      }
    }
  }
}

extension JSONObject: Equatable {
  /// Same names with the same values, in whatever order.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.count == right.count && left.members.allSatisfy { right[$0.name] == $0.value }
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  /// An object; a repeated name keeps its last value.
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}

/// Whether two strings are the same bytes.
///
/// JSON compares names code unit by code unit (RFC 8259 section 8.3); Swift's `==` compares by
/// canonical equivalence, by which U+212A KELVIN SIGN is the letter K.
func sameBytes(_ one: String, _ other: String) -> Bool {
  // Strings of the same bytes are equal, so the quick comparison goes first.
  one == other && one.utf8.elementsEqual(other.utf8)
}
