/// The header fields of a message, in order, repeats kept.
public struct Fields: Sendable, Equatable {
  /// One field line.
  public struct Field: Sendable, Equatable {
    /// The name, in lower case.
    public let name: FieldName
    /// The value.
    public let value: FieldValue

    /// A field line of a name and a value.
    public init(_ name: FieldName, _ value: FieldValue) {
      self.name = name
      self.value = value
    }
  }

  /// Every field line in order.
  public private(set) var all: [Field]

  /// Fields from a list of lines; none by default.
  public init(_ all: [Field] = []) { self.all = all }

  /// Fields from names and values as they are written in the source.
  public init(_ pairs: KeyValuePairs<FieldName, FieldValue>) {
    all = pairs.map { Field($0.key, $0.value) }
  }

  /// The value of the first field of a name.
  public subscript(name: FieldName) -> String? {
    all.first { $0.name == name }?.value.text
  }

  /// The values of all fields of a name, in order.
  public func all(_ name: FieldName) -> [String] {
    all.compactMap { $0.name == name ? $0.value.text : nil }
  }

  /// How many fields a name has.
  public func count(of name: FieldName) -> Int {
    all.reduce(0) { $1.name == name ? $0 + 1 : $0 }
  }

  /// Adds a field line at the end.
  public mutating func append(_ name: FieldName, _ value: FieldValue) {
    all.append(Field(name, value))
  }

  /// Replaces all fields of a name by one at the end.
  public mutating func set(_ name: FieldName, _ value: FieldValue) {
    remove(name)
    append(name, value)
  }

  /// Removes all fields of a name.
  public mutating func remove(_ name: FieldName) {
    all.removeAll { $0.name == name }
  }
}
