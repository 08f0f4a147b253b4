internal import HTTP

/// Message heads, chunks and forms.
enum HTTPFuzzing {
  static func run(_ bytes: [UInt8]) -> Int32 {
    let whole = request(bytes, step: bytes.count)
    // How the network cut the bytes must not matter.
    for step in [1, 7] where request(bytes, step: step) != whole {
      Fuzz.broken("a head cut into \(step)s reads differently")
    }
    for answersHead in [false, true] {
      var parser = ResponseHeadParser()
      // A refusal is an answer, here and below.
      _ = try? parser.parse(bytes.span, answersHead: answersHead)
    }
    if chunks(bytes, step: bytes.count) != chunks(bytes, step: 1) {
      Fuzz.broken("chunks cut into bytes read differently")
    }
    _ = try? FormParameters(parsing: bytes)
    return 0
  }

  private enum Outcome: Equatable {
    case head(length: Int, path: String, framing: BodyFraming)
    case incomplete
    case fault(MessageFault)
  }

  private static func request(_ bytes: [UInt8], step: Int) -> Outcome {
    var parser = RequestHeadParser()
    var end = 0
    repeat {
      end = min(bytes.count, end + max(step, 1))
      let arrived = bytes.span.extracting(0..<end)
      do {
        guard try parser.parse(arrived) else { continue }
        let head = parser.head
        let path = head.target.path(in: arrived)
        if path != "*" && !path.hasPrefix("/") { Fuzz.broken("a path without a slash: \(path)") }
        if path.split(separator: "/").contains("..") { Fuzz.broken("dot segments in \(path)") }
        return .head(length: head.length, path: path, framing: head.framing)
      } catch {
        return .fault(error)
      }
    } while end < bytes.count
    return .incomplete
  }

  private static func chunks(_ bytes: [UInt8], step: Int) -> [UInt8]? {
    var decoder = ChunkedDecoder()
    var content: [UInt8] = []
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + max(step, 1))
      let arrived = bytes.span.extracting(0..<end)
      var position = start
      while position < end {
        do {
          switch try decoder.next(in: arrived, from: position) {
          case .incomplete: position = end
          case .data(let range):
            content += bytes[range]
            position = range.upperBound
          case .end: return content
          }
        } catch { return nil }
      }
      start = end
    }
    return content
  }
}
