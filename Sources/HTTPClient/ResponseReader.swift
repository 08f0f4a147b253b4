internal import HTTP

/// How far the content of the present answer has been read.
struct ResponseReader {
  private enum State {
    case done
    case length(Int)
    case chunked
    case untilClose
  }

  private var state = State.done
  private var decoder = ChunkedDecoder()

  var isDone: Bool { if case .done = state { true } else { false } }

  /// Whether the end of the connection is the end of the content.
  var endsWithConnection: Bool { if case .untilClose = state { true } else { false } }

  mutating func start(_ framing: BodyFraming) {
    switch framing {
    case .empty, .length(0): state = .done
    case .length(let length): state = .length(length)
    case .untilClose: state = .untilClose
    case .chunked:
      state = .chunked
      decoder = ChunkedDecoder()
    }
  }

  /// The next run of content in the bytes, and how many bytes are used up with it.
  mutating func next(
    in bytes: UnsafeBufferPointer<UInt8>
  ) throws(MessageFault) -> (content: Range<Int>, used: Int) {
    switch state {
    case .done: return (0..<0, 0)
    case .untilClose: return (0..<bytes.count, bytes.count)
    case .length(let remaining):
      let count = min(remaining, bytes.count)
      state = count == remaining ? .done : .length(remaining - count)
      return (0..<count, count)
    case .chunked:
      switch try decoder.next(in: bytes.span, from: 0) {
      case .incomplete: return (0..<0, bytes.count)
      case .data(let range): return (range, range.upperBound)
      case .end(let position):
        state = .done
        return (0..<0, position)
      }
    }
  }
}
