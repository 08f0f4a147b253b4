import HTTP

/// What became of a request head: nothing yet, a fault, or the parts that it was read into.
enum HeadOutcome: Equatable {
  case incomplete
  case fault(MessageFault)
  case head(ReadHead)
}

/// A request head as values, to compare.
struct ReadHead: Equatable {
  var method: String
  var path: String
  var query: String?
  var version: HTTPVersion
  var fields: Fields
  var framing: BodyFraming
  var length: Int
}

/// The bytes of a text, where a scalar below U+0100 is one byte.
func latin1(_ text: String) -> [UInt8] {
  text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
}

/// Parses bytes that arrive in pieces which end at the given positions.
func parse(
  _ bytes: [UInt8], cuts: [Int] = [], limits: HeadLimits = HeadLimits()
) -> HeadOutcome {
  var parser = RequestHeadParser(limits: limits)
  for end in cuts + [bytes.count] {
    do throws(MessageFault) {
      let arrived = Array(bytes[..<end])
      guard try parser.parse(arrived.span) else { continue }
      return .head(ReadHead(parser.head, arrived))
    } catch {
      return .fault(error)
    }
  }
  return .incomplete
}

/// The fault of a request, or nil when it is taken or not complete.
func fault(of request: String, limits: HeadLimits = HeadLimits()) -> MessageFault? {
  guard case .fault(let fault) = parse(latin1(request), limits: limits) else { return nil }
  return fault
}

extension ReadHead {
  init(_ head: RequestHead, _ bytes: [UInt8]) {
    method = head.method(in: bytes.span).rawValue
    path = head.target.path(in: bytes.span)
    query = head.target.query?.text(in: bytes.span)
    version = head.version
    fields = head.fields.fields(in: bytes.span)
    framing = head.framing
    length = head.length
  }
}
