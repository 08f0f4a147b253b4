extension Span<UInt8> {
  /// The first position from `start` on that a field value cannot hold, `end` if there is none.
  ///
  /// Eight bytes at a time: values are the longest part of a head, tokens and cookies above all.
  @inline(__always)
  func endOfFieldContent(from start: Int, to end: Int) -> Int {
    var index = start
    while index < end {
      if index + 8 <= end {
        // Checked against the bounds, and a UInt64 has no bits that could be wrong.
        let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
        guard Self.holdsControl(word) else {
          index += 8
          continue
        }
      }
      guard self[index].isFieldContent else { return index }
      index += 1
    }
    return end
  }

  /// Whether one of a word's bytes is below a space or DEL; tabs too, which are then looked at.
  ///
  /// Both terms are the well-known test for a zero byte, moved to the byte that is sought.
  @inline(__always)
  private static func holdsControl(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops: UInt64 = 0x8080_8080_8080_8080
    let deletes = word ^ (ones &* 0x7f)
    let belowSpace = (word &- ones &* 0x20) & ~word
    let isDelete = (deletes &- ones) & ~deletes
    return (belowSpace | isDelete) & tops != 0
  }
}
