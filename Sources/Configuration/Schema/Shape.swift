package import Diagnostics
package import JSON

/// What may stand at a place of the config: the single truth of decoding, schema and docs.
package struct Shape: Sendable {
  /// The kinds of values.
  package indirect enum Kind: Sendable {
    case bool
    case integer(ClosedRange<Int64>)
    case text(longest: Int)
    case choice([String])
    case lifetime(ClosedRange<Lifetime>)
    case size(ClosedRange<Int64>)
    case secret
    case list(Shape, ClosedRange<Int>)
    case map(Shape)
    case section(SectionShape)
    case free
  }

  /// What it is.
  package let kind: Kind

  /// What is expected, as the object of "write …": `a lifetime from 1s to 1d, such as "10m"`.
  package let expectation: String

  /// A value that is good here.
  package let example: JSONValue

  init(_ kind: Kind, _ expectation: String, example: JSONValue) {
    self.kind = kind
    self.expectation = expectation
    self.example = example
  }
}

/// An object with known keys.
package struct SectionShape: Sendable {
  /// What the section is for.
  package let documentation: String

  /// The keys in the order of the documentation.
  package let fields: [FieldShape]
}

/// A key of a section.
package struct FieldShape: Sendable {
  /// When a key may be missing.
  package enum Presence: Sendable {
    /// It may not.
    case required
    /// It may; what its absence means is said in the documentation.
    case optional
    /// It may; then this is its value.
    case defaults(JSONValue)
  }

  /// The key.
  package let name: String

  /// One or two sentences.
  package let documentation: String

  /// What may stand there.
  package let shape: Shape

  /// When it may be missing.
  package let presence: Presence

  /// Whether an example shows it even though it may be missing.
  package let isShown: Bool
}
