import Foundation
import Harness
import Synchronization
import XCTest

/// Traces are passed on, and told to a collector if one is named.
final class TracingTests: XCTestCase {
  private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
  private static let span = "00f067aa0ba902b7"
  private static let parent = "00-\(trace)-\(span)-01"

  /// A deployment in front of an upstream, with spans for a collector.
  private func traced(
    _ upstream: RecordingUpstream, _ collectorPort: UInt16, _ more: String = ""
  ) throws -> Deployment {
    try Deployment(
      DeploymentConfig.proxying(to: upstream.port).with(
        "tracing", "{ endpoint: \"http://127.0.0.1:\(collectorPort)\", \(more) }"))
  }

  // MARK: Without a collector

  func testWithoutACollectorATraceIsPassedOnAsItCame() throws {
    let upstream = try RecordingUpstream()
    let deployment = try Deployment(.proxying(to: upstream.port))
    let fields = [
      ("traceparent", Self.parent), ("tracestate", "rojo=1"), ("TraceState", "congo=2"),
    ]
    XCTAssertEqual(try deployment.caller().send("GET", "/open/x", fields: fields).status, 200)
    let received = try XCTUnwrap(upstream.received.first)
    XCTAssertEqual(received.all("traceparent"), [Self.parent])
    XCTAssertEqual(received.all("tracestate"), ["rojo=1", "congo=2"])
    try eventually(until: "the log names the trace") {
      deployment.events("http.request").contains { $0.contains("\"trace_id\":\"\(Self.trace)\"") }
    }
  }

  func testARequestWithoutATraceBeginsOneThatTheLogNames() throws {
    let upstream = try RecordingUpstream()
    let deployment = try Deployment(.proxying(to: upstream.port))
    for _ in 0..<3 { _ = try deployment.caller().send("GET", "/open/x") }
    let parents = upstream.received.compactMap { $0["traceparent"] }
    XCTAssertEqual(Set(parents).count, 3)
    for parent in parents {
      let parts = parent.split(separator: "-")
      XCTAssertEqual(parts.map(\.count), [2, 32, 16, 2], parent)
      XCTAssertTrue(parent.hasSuffix("-00"), parent)
      try eventually(until: "the log names the trace") {
        deployment.events("http.request").contains { $0.contains("\"trace_id\":\"\(parts[1])\"") }
      }
    }
  }

  func testABrokenTraceIsReplacedAndItsStateDropped() throws {
    let upstream = try RecordingUpstream()
    let deployment = try Deployment(.proxying(to: upstream.port))
    let caller = try deployment.caller()
    let zeros = "00-\(String(repeating: "0", count: 32))-\(Self.span)-01"
    for bad in [zeros, "ff" + Self.parent.dropFirst(2), Self.parent + "-x", "nonsense", ""] {
      let fields = [("traceparent", bad), ("tracestate", "rojo=1")]
      XCTAssertEqual(try caller.send("GET", "/open/x", fields: fields).status, 200)
      let received = try XCTUnwrap(upstream.received.last)
      XCTAssertEqual(received.all("traceparent").count, 1, bad)
      XCTAssertNotEqual(received["traceparent"], bad)
      XCTAssertEqual(received.all("tracestate"), [], bad)
    }
    let twice = [("traceparent", Self.parent), ("traceparent", Self.parent)]
    XCTAssertEqual(try caller.send("GET", "/open/x", fields: twice).status, 200)
    let received = try XCTUnwrap(upstream.received.last)
    XCTAssertEqual(received.all("traceparent").count, 1)
    XCTAssertNotEqual(received["traceparent"], Self.parent)
  }

  func testABrokenStateIsDroppedAndTheTraceStays() throws {
    let upstream = try RecordingUpstream()
    let deployment = try Deployment(.proxying(to: upstream.port))
    let long = (0..<33).map { "k\($0)=v" }.joined(separator: ",")
    for bad in ["=", "A=1", long] {
      let fields = [("traceparent", Self.parent), ("tracestate", bad)]
      XCTAssertEqual(try deployment.caller().send("GET", "/open/x", fields: fields).status, 200)
      XCTAssertEqual(upstream.received.last?.all("traceparent"), [Self.parent])
      XCTAssertEqual(upstream.received.last?.all("tracestate"), [], bad)
    }
  }

  // MARK: With a collector

  func testSpansOfARequestAndItsCallHangTogetherWithTheCallersAndTheUpstreams() throws {
    let upstream = try RecordingUpstream()
    let collector = try Collector()
    let deployment = try traced(upstream, collector.port)
    let before = Int(Date().timeIntervalSince1970)
    let answer = try deployment.caller().send(
      "GET", "/open/x?access_token=secret", fields: [("traceparent", Self.parent)])
    XCTAssertEqual(answer.status, 200)
    let spans = try collector.spans(atLeast: 2).filter { $0.trace == Self.trace }
    XCTAssertEqual(spans.count, 2)
    let server = try XCTUnwrap(spans.first { $0.kind == 2 })
    let client = try XCTUnwrap(spans.first { $0.kind == 3 })
    XCTAssertEqual(server.parent, Self.span)
    XCTAssertEqual(client.parent, server.span)
    XCTAssertEqual(
      upstream.received.first?["traceparent"], "00-\(Self.trace)-\(client.span)-01")
    XCTAssertEqual(server.name, "GET proxy.routes[2]")
    XCTAssertEqual(server.attributes["http.request.method"], "GET")
    XCTAssertEqual(server.attributes["url.path"], "/open/x")
    XCTAssertEqual(server.attributes["http.response.status_code"], "200")
    XCTAssertEqual(server.attributes["client.address"], "127.0.0.1")
    XCTAssertEqual(server.attributes["sallyport.request_id"], answer["X-Request-Id"])
    XCTAssertEqual(client.attributes["server.address"], "127.0.0.1")
    XCTAssertEqual(client.attributes["server.port"], "\(upstream.port)")
    XCTAssertEqual(client.attributes["sallyport.upstream"], "app")
    XCTAssertEqual(server.resource["service.name"], "sallyport")
    XCTAssertTrue((before...before + 30).contains(server.start / 1_000_000_000), "\(server.start)")
    XCTAssertLessThanOrEqual(server.start, client.start)
    XCTAssertLessThanOrEqual(client.end, server.end)
    let sent = collector.upstream.received.map { String(decoding: $0.body, as: UTF8.self) }
    XCTAssertFalse(sent.joined().contains("secret"))
    XCTAssertEqual(collector.upstream.received.first?.target, "/v1/traces")
    XCTAssertEqual(collector.upstream.received.first?["content-type"], "application/json")
  }

  func testACallThatItsClientLeftStaysInItsTrace() throws {
    let arrived = Atomic<Bool>(false)
    let upstream = try RawServer { connection in
      _ = try connection.receive(through: "\r\n\r\n")
      arrived.store(true, ordering: .sequentiallyConsistent)
      // Never answered: it ends when the gateway lets go.
      _ = try connection.receive(through: "never")
    }
    let collector = try Collector()
    let deployment = try Deployment(
      DeploymentConfig.proxying(to: upstream.port).with(
        "tracing", "{ endpoint: \"http://127.0.0.1:\(collector.port)\" }"))
    do {
      let client = try Connection(port: try deployment.port())
      try client.send(
        "GET /open/x HTTP/1.1\r\nHost: localhost\r\ntraceparent: \(Self.parent)\r\n\r\n")
      try eventually(until: "the call") { arrived.load(ordering: .sequentiallyConsistent) }
      client.close()
    }
    let spans = try collector.spans(atLeast: 2)
    XCTAssertEqual(spans.map(\.trace), [Self.trace, Self.trace])
    let call = try XCTUnwrap(spans.first { $0.kind == 3 })
    XCTAssertEqual(call.attributes["http.request.method"], "GET")
    XCTAssertEqual(call.parent, spans.first { $0.kind == 2 }?.span)
  }

  func testWhatACallerDoesNotSampleIsNotRecorded() throws {
    let upstream = try RecordingUpstream()
    let collector = try Collector()
    let deployment = try traced(upstream, collector.port, "sample: \"0%\"")
    let caller = try deployment.caller()
    let unsampled = Self.parent.dropLast(2) + "00"
    _ = try caller.send("GET", "/open/x", fields: [("traceparent", String(unsampled))])
    _ = try caller.send("GET", "/open/x")
    _ = try caller.send("GET", "/open/x", fields: [("traceparent", Self.parent)])
    let spans = try collector.spans(atLeast: 2)
    XCTAssertEqual(Set(spans.map(\.trace)), [Self.trace])
    XCTAssertEqual(spans.count, 2)
    XCTAssertEqual(upstream.received.first?["traceparent"], String(unsampled))
  }

  func testFailuresAreMarkedAndEndpointsHaveSpansToo() throws {
    let upstream = try RecordingUpstream { _ in "nonsense\r\n\r\n" }
    let collector = try Collector()
    let deployment = try traced(
      upstream, collector.port, "headers: { \"X-Key\": { file: \"client.secret\" } }")
    XCTAssertEqual(try deployment.caller().send("GET", "/open/x").status, 502)
    _ = try deployment.token()
    let spans = try collector.spans(atLeast: 3)
    let failed = spans.filter { $0.status == 2 }
    XCTAssertEqual(failed.map(\.kind).sorted(), [2, 3])
    XCTAssertEqual(failed.first { $0.kind == 3 }?.attributes["error.type"], "upstream.malformed")
    XCTAssertEqual(failed.first { $0.kind == 2 }?.attributes["error.type"], "502")
    let token = try XCTUnwrap(spans.first { $0.name == "POST /oauth2/v1/token" })
    XCTAssertEqual(token.parent, "")
    XCTAssertEqual(collector.upstream.received.first?["x-key"], DeploymentConfig.secret)
    XCTAssertFalse(deployment.log.contains(DeploymentConfig.secret))
  }

  func testACollectorThatIsDownCostsSpansAndNothingElse() throws {
    let upstream = try RecordingUpstream()
    let gone = try RawServer { _ in }
    gone.stop()
    let deployment = try traced(upstream, gone.port)
    for _ in 0..<20 {
      XCTAssertEqual(try deployment.caller().send("GET", "/open/x").status, 200)
    }
    try eventually(upTo: 20, until: "the spans are given up") {
      (try deployment.scrape().value("sallyport_trace_spans_total", ["outcome": "failed"]) ?? 0)
        > 0
    }
    XCTAssertEqual(deployment.events("tracing.failed").count, 1)
    XCTAssertEqual(try deployment.caller().send("GET", "/open/x").status, 200)
  }

  func testABatchThatTheCollectorCouldNotTakeIsSentAgain() throws {
    let upstream = try RecordingUpstream()
    let collector = try Collector { $0 == 0 ? 503 : 200 }
    let deployment = try traced(upstream, collector.port)
    XCTAssertEqual(try deployment.caller().send("GET", "/open/x").status, 200)
    try eventually(until: "the batch is taken") {
      try deployment.scrape().value("sallyport_trace_spans_total", ["outcome": "exported"]) == 2
    }
    let bodies = collector.upstream.received.map(\.body)
    XCTAssertEqual(bodies.count, 2)
    XCTAssertEqual(bodies.first, bodies.last)
  }

  func testTheLastSpansAreSentWhenTheProcessEnds() throws {
    let upstream = try RecordingUpstream()
    let collector = try Collector()
    let deployment = try traced(upstream, collector.port)
    XCTAssertEqual(try deployment.caller().send("GET", "/open/x").status, 200)
    XCTAssertEqual(try deployment.stop(), 0)
    XCTAssertEqual(try collector.spans().count, 2)
  }

  func testAHeaderThatNoRequestCanCarryIsRefused() throws {
    let deployment = try Deployment(start: false)
    try deployment.folder.write("broken.secret", "two\nlines")
    try deployment.write(
      DeploymentConfig.standard.with(
        "tracing",
        "{ endpoint: \"http://127.0.0.1:1\", headers: { key: { file: \"broken.secret\" } } }"))
    let refusal = try deployment.refusal()
    XCTAssertEqual(refusal.exitCode, 2)
    XCTAssertTrue(refusal.errors.contains("is no value of a header field"), refusal.errors)
  }
}
