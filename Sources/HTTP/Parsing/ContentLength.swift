/// The number in a Content-Length field (RFC 9110 8.6).
enum ContentLength {
  /// Reads the only Content-Length line of a head: digits alone, no list, no overflow.
  ///
  /// Repeats are refused even when they agree: two programs in a row may pick different ones.
  static func read(_ fields: FieldTable, in bytes: Span<UInt8>) throws(MessageFault) -> Int? {
    guard let field = fields.first(.contentLength) else { return nil }
    guard !fields.isRepeated(.contentLength) else { throw .repeatedContentLength }
    guard !field.value.isEmpty else { throw .invalidContentLength }
    var number = 0
    for index in field.value.range {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { throw .invalidContentLength }
      let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(Int(digit))
      guard !overflow, !carry else { throw .invalidContentLength }
      number = sum
    }
    return number
  }
}

/// The Transfer-Encoding of a head: none, or exactly `chunked`.
enum TransferCoding {
  /// Whether the content is chunked; any other coding is refused.
  ///
  /// One that ends in `chunked` is a coding not known here (RFC 9112 6.1: 501); one that does not
  /// leaves the length of the content unknown (6.3: 400).
  static func isChunked(
    _ fields: FieldTable, version: HTTPVersion, in bytes: Span<UInt8>
  ) throws(MessageFault) -> Bool {
    guard let field = fields.first(.transferEncoding) else { return false }
    guard version == .http11 else { throw .transferEncodingInOldVersion }
    guard !fields.isRepeated(.transferEncoding) else { throw .repeatedTransferEncoding }
    guard !fields.has(.contentLength) else { throw .contentLengthWithTransferEncoding }
    guard !field.value.matches("chunked", in: bytes) else { return true }
    throw endsInChunked(field.value, in: bytes)
      ? .transferEncodingNotSupported : .transferEncodingNotChunked
  }

  /// Whether the last coding of several is `chunked`, and only that one.
  private static func endsInChunked(_ value: Slot, in bytes: Span<UInt8>) -> Bool {
    var elements = ListElements(value)
    var codings: [Bool] = []
    while let element = elements.next(in: bytes) {
      codings.append(element.matches("chunked", in: bytes))
    }
    return codings.count > 1 && codings.last == true && codings.filter(\.self).count == 1
  }
}
