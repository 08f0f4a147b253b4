/// Takes the chunked coding apart (RFC 9112 7.1), a read at a time, without copying content.
///
/// Every byte that it is given is used up, so the caller keeps nothing between reads. Extensions
/// and trailers are bounded, checked and dropped: nothing behind us may take a trailer for a
/// field that was judged.
public struct ChunkedDecoder: Sendable {
  /// What a look at the next bytes finds.
  public enum Step: Sendable, Equatable {
    /// All bytes are used up and the content goes on.
    case incomplete
    /// Content lies in this range of the bytes; go on from its end.
    case data(Range<Int>)
    /// The content is over, and the next message begins at this position.
    case end(Int)
  }

  /// Bytes of chunk extensions in one message.
  public static let extensionBytes = 4_096
  /// Bytes of the trailer section.
  public static let trailerBytes = 8_192

  private var state = State.size(digits: 0)
  private var remaining = 0
  private var extensionCount = 0
  private var trailers = TrailerChecker()

  private enum State: Equatable {
    /// In the size, so many digits in.
    case size(digits: Int)
    case chunkExtension
    case sizeLineFeed
    case data
    case dataCarriageReturn
    case dataLineFeed
    case trailers
    case end
  }

  /// A decoder at the start of a message's content.
  public init() {}

  /// Reads on from a position of the bytes.
  ///
  /// - Throws: what is wrong; the connection must close.
  public mutating func next(
    in bytes: Span<UInt8>, from start: Int
  ) throws(MessageFault) -> Step {
    var index = start
    while index < bytes.count {
      if state == .data {
        let end = index + min(remaining, bytes.count - index)
        remaining -= end - index
        if remaining == 0 { state = .dataCarriageReturn }
        return .data(index..<end)
      }
      try take(bytes[index])
      index += 1
      if state == .end { return .end(index) }
    }
    return .incomplete
  }

  private mutating func take(_ byte: UInt8) throws(MessageFault) {
    switch state {
    case .size(let digits):
      try takeSize(byte, digits: digits)
    case .chunkExtension:
      try takeExtension(byte)
    case .sizeLineFeed:
      guard byte == .lineFeed else { throw .bareCarriageReturn }
      state = remaining == 0 ? .trailers : .data
    case .dataCarriageReturn:
      guard byte == .carriageReturn else { throw .invalidChunkEnd }
      state = .dataLineFeed
    case .dataLineFeed:
      guard byte == .lineFeed else { throw .invalidChunkEnd }
      state = .size(digits: 0)
    case .trailers:
      if try trailers.take(byte) { state = .end }
    case .data, .end:
      break
    }
  }

  /// Up to sixteen hexadecimal digits, then a semicolon or the line's end; no blanks between.
  private mutating func takeSize(_ byte: UInt8, digits: Int) throws(MessageFault) {
    if let value = byte.hexadecimalValue {
      guard digits < 16, remaining <= (Int.max - 15) >> 4 else { throw .invalidChunkSize }
      remaining = remaining << 4 | Int(value)
      state = .size(digits: digits + 1)
      return
    }
    guard digits > 0 else { throw .invalidChunkSize }
    switch byte {
    case .carriageReturn: state = .sizeLineFeed
    case .lineFeed: throw .bareLineFeed
    case UInt8(ascii: ";"): state = .chunkExtension
    default: throw .invalidChunkSize
    }
  }

  private mutating func takeExtension(_ byte: UInt8) throws(MessageFault) {
    guard byte != .carriageReturn else {
      state = .sizeLineFeed
      return
    }
    guard byte != .lineFeed else { throw .bareLineFeed }
    guard byte.isFieldContent else { throw .invalidChunkSize }
    extensionCount += 1
    guard extensionCount <= Self.extensionBytes else { throw .chunkExtensionTooLong }
  }
}

/// Checks a trailer section as strictly as a head's fields, and keeps none of it.
private struct TrailerChecker {
  private var state = State.lineStart
  private var count = 0

  private enum State {
    case lineStart
    case name
    case value
    case lineFeed
    case lastLineFeed
  }

  /// Takes a byte; true when it was the section's last.
  mutating func take(_ byte: UInt8) throws(MessageFault) -> Bool {
    count += 1
    guard count <= ChunkedDecoder.trailerBytes else { throw .trailersTooLong }
    switch state {
    case .lineStart:
      if byte == .carriageReturn {
        state = .lastLineFeed
      } else {
        guard !byte.isBlank else { throw .lineFolding }
        try takeName(byte)
        state = .name
      }
    case .name:
      if byte == UInt8(ascii: ":") { state = .value } else { try takeName(byte) }
    case .value:
      if byte == .carriageReturn {
        state = .lineFeed
      } else if !byte.isFieldContent {
        throw byte == .lineFeed ? .bareLineFeed : .invalidFieldValue
      }
    case .lineFeed:
      guard byte == .lineFeed else { throw .bareCarriageReturn }
      state = .lineStart
    case .lastLineFeed:
      guard byte == .lineFeed else { throw .bareCarriageReturn }
      return true
    }
    return false
  }

  private func takeName(_ byte: UInt8) throws(MessageFault) {
    guard ByteClass.token.contains(byte) else {
      if byte.isBlank { throw .spaceBeforeColon }
      throw byte == .lineFeed ? .bareLineFeed : .invalidFieldName
    }
  }
}
