/// A strong entity tag (RFC 9110 8.8.3).
public struct EntityTag: Hashable, Sendable {
  /// The tag as it stands in `ETag`, its quotes included.
  public let text: String

  /// A tag from its text with the quotes, or nil if that is none, or a weak one.
  public init?(_ text: String) {
    let bytes = text.utf8
    guard bytes.count >= 2, bytes.first == UInt8(ascii: "\""), bytes.last == UInt8(ascii: "\""),
      bytes.dropFirst().dropLast().allSatisfy(Self.mayHold)
    else { return nil }
    self.text = text
  }

  /// Whether a request says that it has the representation with this tag.
  ///
  /// `If-None-Match` takes the weak comparison (RFC 9110 13.1.2), a list in one field or several,
  /// and `*`. A list is good up to what breaks its grammar: sending the whole again harms nobody.
  public func isKnown(to fields: Fields) -> Bool {
    fields.all(.ifNoneMatch).contains { value in
      value == "*" || Self.list(value).contains { $0.elementsEqual(text.utf8) }
    }
  }

  /// The tags of a list with their quotes, without what marks them as weak.
  private static func list(_ value: String) -> [ArraySlice<UInt8>] {
    var rest = Array(value.utf8)[...]
    var tags: [ArraySlice<UInt8>] = []
    while true {
      // RFC 9110 5.6.1.2: empty elements are to be taken.
      rest = rest.drop { $0.isBlank || $0 == UInt8(ascii: ",") }
      if rest.starts(with: "W/".utf8) { rest = rest.dropFirst(2) }
      guard rest.first == UInt8(ascii: "\""),
        let end = rest.dropFirst().firstIndex(where: { !mayHold($0) }),
        rest[end] == UInt8(ascii: "\"")
      else { return tags }
      tags.append(rest[...end])
      rest = rest[(end + 1)...].drop(while: \.isBlank)
      guard rest.first == UInt8(ascii: ",") else { return tags }
    }
  }

  /// `etagc`: visible ASCII without the quotation mark, and what lies beyond ASCII.
  private static func mayHold(_ byte: UInt8) -> Bool {
    byte == 0x21 || (0x23...0x7e).contains(byte) || byte >= 0x80
  }
}
