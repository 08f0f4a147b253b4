/// A place in a distributed trace, as W3C Trace Context has it in `traceparent`.
///
/// It comes from anybody and is believed, since nothing is decided by it.
public struct TraceContext: Equatable, Sendable {
  /// The upper half of the trace's id; not both halves are 0.
  public let traceHigh: UInt64
  /// The lower half of the trace's id.
  public let traceLow: UInt64
  /// The span of whoever is speaking; not 0.
  public let span: UInt64
  /// Whether the caller may have recorded its part.
  public let isSampled: Bool

  /// A place from its parts.
  public init(traceHigh: UInt64, traceLow: UInt64, span: UInt64, isSampled: Bool) {
    self.traceHigh = traceHigh
    self.traceLow = traceLow
    self.span = span
    self.isSampled = isSampled
  }

  /// A trace of one's own for a request; the ids are spread, so that samplers may go by them.
  public init(beginning id: RequestID, isSampled: Bool) {
    self.init(
      traceHigh: id.high | 1, traceLow: Self.spread(id.low), span: Self.spanID(of: id, part: 0),
      isSampled: isSampled)
  }

  /// The id of a span of a request: another one for each part.
  public static func spanID(of id: RequestID, part: UInt64) -> UInt64 {
    max(1, spread((id.low ^ id.high) &+ (part &+ 1) &* 0x9e37_79b9_7f4a_7c15))
  }

  /// The same trace with another speaker.
  public func at(_ span: UInt64) -> TraceContext {
    TraceContext(traceHigh: traceHigh, traceLow: traceLow, span: span, isSampled: isSampled)
  }

  /// The same place, sampled or not.
  public func sampled(_ isSampled: Bool) -> TraceContext {
    TraceContext(traceHigh: traceHigh, traceLow: traceLow, span: span, isSampled: isSampled)
  }

  /// A bijection that makes neighbours look random (the finaliser of SplitMix64).
  private static func spread(_ word: UInt64) -> UInt64 {
    var mixed = word
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}

// MARK: - The field

extension TraceContext {
  /// How many bytes a field value of version 00 has.
  public static let length = 55

  /// The place that the value of a `traceparent` field names, or nil where it breaks the standard.
  ///
  /// "If the version cannot be parsed, the vendor creates a new traceparent"; of versions to come
  /// the parts that are known count (3.2.4).
  public init?(_ text: Span<UInt8>) {
    guard text.count >= Self.length, let version = Self.number(text, 0..<2), version != 0xff,
      version == 0 ? text.count == Self.length : Self.isOpenEnded(text),
      text[2] == Self.dash, text[35] == Self.dash, text[52] == Self.dash,
      let high = Self.number(text, 3..<19), let low = Self.number(text, 19..<35), high | low != 0,
      let span = Self.number(text, 36..<52), span != 0, let flags = Self.number(text, 53..<55)
    else { return nil }
    self.init(traceHigh: high, traceLow: low, span: span, isSampled: flags & 1 == 1)
  }

  private static let dash = UInt8(ascii: "-")

  private static func isOpenEnded(_ text: Span<UInt8>) -> Bool {
    text.count == length || text[length] == dash
  }

  /// Lower-case hexadecimal digits only.
  private static func number(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64? {
    var number: UInt64 = 0
    for index in range {
      let byte = text[index]
      switch byte {
      case 0x30...0x39: number = number << 4 | UInt64(byte &- 0x30)
      case 0x61...0x66: number = number << 4 | UInt64(byte &- 0x57)
      default: return nil
      }
    }
    return number
  }

  /// Calls a closure with the value of a `traceparent` field.
  public func withText(_ body: (Span<UInt8>) -> Void) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.length) { text in
      text[0] = UInt8(ascii: "0")
      text[1] = UInt8(ascii: "0")
      text[2] = Self.dash
      traceName.write(into: UnsafeMutableBufferPointer(rebasing: text[3..<35]))
      text[35] = Self.dash
      Self.write(span, into: text, at: 36)
      text[52] = Self.dash
      text[53] = UInt8(ascii: "0")
      text[54] = isSampled ? UInt8(ascii: "1") : UInt8(ascii: "0")
      body(text.span)
    }
  }

  /// The trace's id: 32 digits.
  public var traceID: String { traceName.description }

  /// A span's id: 16 digits.
  public static func text(of span: UInt64) -> String {
    String(RequestID(high: span, low: 0).description.prefix(16))
  }

  /// The trace's id in the form that request ids have too.
  var traceName: RequestID { RequestID(high: traceHigh, low: traceLow) }

  private static func write(
    _ span: UInt64, into text: UnsafeMutableBufferPointer<UInt8>, at start: Int
  ) {
    RequestID(high: span, low: 0).withDigits { digits in
      for index in 0..<16 { text[start + index] = digits[index] }
    }
  }

  /// Calls a closure with the trace's id: 32 digits.
  public func withTraceDigits(_ body: (Span<UInt8>) -> Void) { traceName.withDigits(body) }
}
