internal import Diagnostics
internal import JSON

extension Codec where Value == Bool {
  /// `true` or `false`.
  static var bool: Codec {
    let shape = Shape(.bool, "true or false", example: true)
    return Codec(shape: shape) { node, reading in
      if case .bool(let value) = node.value { return value }
      reading.mismatch(node, shape)
      return nil
    }
  }
}

extension Codec where Value == Int {
  /// A whole number in a range.
  static func integer(_ range: ClosedRange<Int>) -> Codec {
    let shape = Shape(
      .integer(Int64(range.lowerBound)...Int64(range.upperBound)),
      "a whole number from \(range.lowerBound) to \(range.upperBound)",
      example: .integer(Int64(range.lowerBound)))
    return Codec(shape: shape) { node, reading in
      if case .integer(let value) = node.value, let value = Int(exactly: value),
        range.contains(value)
      {
        return value
      }
      reading.mismatch(node, shape)
      return nil
    }
  }

  /// A number of bytes in a range, such as `"64KiB"`.
  static func size(_ range: ClosedRange<Int>) -> Codec {
    let low = ByteSize.text(range.lowerBound)
    let high = ByteSize.text(range.upperBound)
    return .text(
      "a size from \"\(low)\" to \"\(high)\" in B, KiB, MiB or GiB", example: .string(low),
      longest: 32, kind: .size(Int64(range.lowerBound)...Int64(range.upperBound))
    ) { text, _ in
      guard let value = ByteSize.parse(text), range.contains(value) else { return nil }
      return value
    }
  }
}

extension Codec where Value == Lifetime {
  /// A span of time in a range, such as `"10m"`.
  static func lifetime(_ range: ClosedRange<Lifetime>) -> Codec {
    let low = range.lowerBound.configurationText
    let high = range.upperBound.configurationText
    return .text(
      "a lifetime from \"\(low)\" to \"\(high)\" in ms, s, m, h or d", example: .string(low),
      longest: 32, kind: .lifetime(range)
    ) { text, _ in
      guard let value = Lifetime(configurationText: text), range.contains(value) else { return nil }
      return value
    }
  }

  /// A span of time from one text to another.
  static func lifetime(_ low: String, _ high: String) -> Codec {
    let lower = Lifetime(configurationText: low) ?? .seconds(0)
    return .lifetime(lower...max(lower, Lifetime(configurationText: high) ?? lower))
  }
}

/// Numbers of bytes as people write them.
enum ByteSize {
  private static let units: [(name: String, bytes: Int)] = [
    ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1),
  ]

  static func parse(_ text: String) -> Int? {
    guard let unit = units.first(where: { text.hasSuffix($0.name) }),
      let count = wholeNumber(text.dropLast(unit.name.count))
    else { return nil }
    let (product, overflow) = count.multipliedReportingOverflow(by: unit.bytes)
    return overflow ? nil : product
  }

  static func text(_ bytes: Int) -> String {
    let unit = units.first { bytes >= $0.bytes && bytes % $0.bytes == 0 } ?? ("B", 1)
    return "\(bytes / unit.bytes)\(unit.name)"
  }
}

extension Lifetime {
  private static let units: [(name: String, milliseconds: Int)] = [
    ("ms", 1), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000),
  ]

  /// A lifetime from `"500ms"`, `"30s"`, `"10m"`, `"12h"` or `"90d"`.
  init?(configurationText text: String) {
    guard let unit = Self.units.first(where: { text.hasSuffix($0.name) }),
      let count = wholeNumber(text.dropLast(unit.name.count))
    else { return nil }
    let (product, overflow) = count.multipliedReportingOverflow(by: unit.milliseconds)
    guard !overflow else { return nil }
    self.init(milliseconds: Int64(product))
  }

  /// The shortest text that reads back the same.
  var configurationText: String {
    let value = Int(milliseconds)
    if value == 0 { return "0s" }
    let unit = Self.units.dropFirst().first { value % $0.milliseconds == 0 } ?? ("ms", 1)
    return "\(value / unit.milliseconds)\(unit.name)"
  }
}

/// Digits only: no sign, no space, no leading zero but zero itself.
private func wholeNumber(_ text: Substring) -> Int? {
  guard text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
    text.count == 1 || !text.hasPrefix("0")
  else { return nil }
  return Int(text)
}
