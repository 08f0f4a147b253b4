/// The check of what vendors say of a trace in `tracestate`: passed on as it came, or not at all.
public struct TraceState: Sendable {
  private var bytes = 0
  private var members = 0
  private var isBroken = false

  /// The most bytes that are passed on: what the standard asks for at least (3.3.1.5).
  public static let byteLimit = 512
  /// The most members of the list, as the standard has it.
  public static let memberLimit = 32

  /// Nothing seen yet.
  public init() {}

  /// Whether all that was seen is within the grammar and the limits.
  public var isPassable: Bool {
    !isBroken && bytes <= Self.byteLimit && members <= Self.memberLimit
  }

  /// Looks at the value of one field; there may be several.
  public mutating func look(at value: Span<UInt8>) {
    bytes += value.count
    guard isPassable else { return }
    var start = 0
    for index in 0...value.count where index == value.count || value[index] == UInt8(ascii: ",") {
      look(at: value, from: start, to: index)
      start = index + 1
    }
  }

  /// One member: `key=value`, or nothing between two commas.
  private mutating func look(at value: Span<UInt8>, from start: Int, to end: Int) {
    var first = start
    var last = end
    while first < last, Self.isBlank(value[first]) { first += 1 }
    while last > first, Self.isBlank(value[last - 1]) { last -= 1 }
    guard first < last else { return }
    members += 1
    var index = first
    while index < last, value[index] != UInt8(ascii: "=") {
      if !Self.isKey(value[index]) { isBroken = true }
      index += 1
    }
    if index == first || index - first > 256 || last - index < 2 || last - index > 257 {
      isBroken = true
    }
    while index + 1 < last {
      index += 1
      if !Self.isValue(value[index]) { isBroken = true }
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func isKey(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"),
      UInt8(ascii: "@"):
      true
    default: false
    }
  }

  private static func isValue(_ byte: UInt8) -> Bool {
    (0x20...0x7e).contains(byte) && byte != UInt8(ascii: ",") && byte != UInt8(ascii: "=")
  }
}
