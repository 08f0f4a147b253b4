internal import JOSE

/// Headers read before: all tokens of one key have the same one.
///
/// Only headers of tokens that were verified are kept, so a stranger cannot push them out.
struct HeaderCache {
  private var entries: [(text: [UInt8], header: JWSHeader)] = []
  private static let limit = 16

  /// The header of a text seen before.
  func header(_ text: Span<UInt8>) -> JWSHeader? {
    for index in entries.indices where Self.isEqual(entries[index].text, text) {
      return entries[index].header
    }
    return nil
  }

  /// Keeps a header; the oldest goes where there are too many.
  mutating func keep(_ header: JWSHeader, _ text: Span<UInt8>) {
    if entries.count == Self.limit { entries.removeFirst() }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    for index in 0..<text.count { bytes.append(text[index]) }
    entries.append((bytes, header))
  }

  private static func isEqual(_ known: [UInt8], _ text: Span<UInt8>) -> Bool {
    guard known.count == text.count else { return false }
    for index in 0..<text.count where known[index] != text[index] { return false }
    return true
  }
}
