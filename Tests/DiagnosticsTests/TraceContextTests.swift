import Diagnostics
import XCTest

/// `traceparent` and `tracestate` as W3C Trace Context has them, and nothing else.
final class TraceContextTests: XCTestCase {
  private static let good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

  private func parse(_ text: String) -> TraceContext? {
    let bytes = Array(text.utf8)
    return TraceContext(bytes.span)
  }

  private func text(_ trace: TraceContext) -> String {
    var text = ""
    trace.withText { span in
      text = span.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
    return text
  }

  func testAPlaceIsReadAndWrittenAlike() throws {
    let trace = try XCTUnwrap(parse(Self.good))
    XCTAssertEqual(text(trace), Self.good)
    XCTAssertEqual(trace.traceID, "4bf92f3577b34da6a3ce929d0e0e4736")
    XCTAssertTrue(trace.isSampled)
    XCTAssertEqual(text(trace.sampled(false)).suffix(3), "-00")
    XCTAssertEqual(text(trace.at(1)), "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000001-01")
  }

  func testOfFlagsOnlySampledCounts() {
    for (flags, isSampled) in [("00", false), ("02", false), ("03", true), ("ff", true)] {
      XCTAssertEqual(parse(Self.good.dropLast(2) + flags)?.isSampled, isSampled, flags)
    }
  }

  func testWhatBreaksTheStandardIsNoPlace() {
    let id = "4bf92f3577b34da6a3ce929d0e0e4736"
    let span = "00f067aa0ba902b7"
    for bad in [
      "", "00", "00-\(id)-\(span)", "00-\(id)-\(span)-", "00-\(id)-\(span)-1",
      "00-\(id)-\(span)-01-", "00-\(id)-\(span)-01-more", "00-\(id)-\(span)-011",
      "ff-\(id)-\(span)-01", "0-\(id)-\(span)-011", "0g-\(id)-\(span)-01",
      "00-\(id.uppercased())-\(span)-01", "00-\(id)-\(span.uppercased())-01",
      "00-\(String(repeating: "0", count: 32))-\(span)-01",
      "00-\(id)-\(String(repeating: "0", count: 16))-01", "00-\(id.dropLast())g-\(span)-01",
      "00_\(id)_\(span)_01", "00-\(id)-\(span)-0x", " 00-\(id)-\(span)-0", "00-\(id)\(span)--01",
      "01-\(id)-\(span)-01x", "01-\(id)-\(span)-01x-more", "é0-\(id)-\(span)-1",
    ] {
      XCTAssertNil(parse(bad), bad)
    }
  }

  func testOfVersionsToComeTheKnownPartsCount() {
    for more in ["", "-", "-what-the-future-is-like"] {
      let trace = parse("01" + Self.good.dropFirst(2) + more)
      XCTAssertEqual(trace.map(text), Self.good, more)
    }
  }

  func testTracesThatBeginHereDifferInEveryPartThatSamplersLookAt() {
    let traces = (0..<1000).map { _ in TraceContext(beginning: .next(), isSampled: true) }
    XCTAssertEqual(Set(traces.map(\.traceLow)).count, 1000)
    XCTAssertEqual(Set(traces.map(\.span)).count, 1000)
    let below = traces.count { $0.traceLow < UInt64.max / 4 }
    XCTAssertTrue((150...350).contains(below), "\(below) of 1000 below a quarter")
    XCTAssertTrue(traces.allSatisfy { parse(text($0)) == $0 })
  }

  func testATracerRecordsItsShareAndNoMore() {
    let ids = (0..<2000).map { _ in TraceContext(beginning: .next(), isSampled: false) }
    for (share, range) in [(0.0, 0...0), (0.1, 120...290), (1.0, 2000...2000)] {
      let tracer = Tracer(sampling: share, capacity: 1, metrics: MetricRegistry())
      XCTAssertTrue(range.contains(ids.count { tracer.samples($0) }), "\(share)")
    }
  }

  func testAFullTracerDropsAndCounts() {
    let registry = MetricRegistry()
    let tracer = Tracer(sampling: 1, capacity: 2, metrics: registry)
    let trace = TraceContext(beginning: .next(), isSampled: true)
    for number in 0..<5 {
      tracer.record(
        SpanRecord(
          trace, parent: 0, name: "\(number)", kind: .server, from: 0, to: 1, attributes: [],
          isError: false))
    }
    XCTAssertEqual(tracer.take(upTo: 10).map(\.name), ["0", "1"])
    XCTAssertTrue(tracer.take(upTo: 10).isEmpty)
    let text = String(decoding: registry.text(.prometheus), as: UTF8.self)
    XCTAssertTrue(text.contains("sallyport_trace_spans_total{outcome=\"dropped\"} 3"), text)
  }

  private func passes(_ values: String...) -> Bool {
    var state = TraceState()
    for value in values {
      let bytes = Array(value.utf8)
      state.look(at: bytes.span)
    }
    return state.isPassable
  }

  func testAStateWithinGrammarAndLimitsPasses() {
    XCTAssertTrue(passes("rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"))
    XCTAssertTrue(passes("a=1", "fw529a3039@dt=FfAwAAA, b_-*/@0= x:y"))
    XCTAssertTrue(passes("a=1,,b=2, ,"))
    XCTAssertTrue(passes((0..<32).map { "k\($0)=v" }.joined(separator: ",")))
    XCTAssertTrue(passes("a=" + String(repeating: "x", count: 256)))
  }

  func testAStateOutsideOfThemDoesNot() {
    for bad in [
      "a", "=1", "a=", "A=1", "a=b=c", "a=1;b\u{1}=2", "a b=1", "a=1, b", "a=\u{7f}", "a=é",
      String(repeating: "k", count: 257) + "=1", "a=" + String(repeating: "x", count: 257),
      (0..<33).map { "k\($0)=v" }.joined(separator: ","),
    ] {
      XCTAssertFalse(passes(bad), bad)
    }
    let half = "a=" + String(repeating: "x", count: 255)
    XCTAssertFalse(passes(half, half), "over 512 bytes together")
  }
}
