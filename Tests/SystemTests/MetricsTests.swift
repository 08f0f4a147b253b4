import Foundation
import Harness
import XCTest

/// What `/metrics` says is what happened, in a form that Prometheus' own parsers read.
final class MetricsTests: XCTestCase {
  private static let requests = "sallyport_http_requests_total"

  func testRequestsAreCountedByEndpointAndRouteAndHowTheyEnded() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let token = try deployment.token()
    for _ in 0..<3 { XCTAssertEqual(try caller.get("/api/x", token: token).status, 200) }
    XCTAssertEqual(try caller.send("GET", "/api/x").status, 401)
    XCTAssertEqual(try caller.send("POST", "/nowhere").status, 404)
    let scrape = try deployment.scrape()
    func count(_ handler: String, _ method: String, _ status: String) -> Double? {
      scrape.value(
        Self.requests,
        [
          "listener": "127.0.0.1:0", "handler": handler, "method": method, "status": status,
        ])
    }
    XCTAssertEqual(count("/oauth2/v1/token", "POST", "2xx"), 1)
    XCTAssertEqual(count("proxy.routes[0]", "GET", "2xx"), 3)
    XCTAssertEqual(count("proxy.routes[0]", "GET", "4xx"), 1)
    XCTAssertEqual(count("none", "POST", "4xx"), 1)
    XCTAssertNil(count("proxy.routes[1]", "GET", "2xx"))
    let durations = "sallyport_http_request_duration_seconds"
    XCTAssertEqual(scrape.value(durations + "_count", ["handler": "proxy.routes[0]"]), 4)
    XCTAssertEqual(
      scrape.value(durations + "_bucket", ["handler": "proxy.routes[0]", "le": "+Inf"]), 4)
    XCTAssertGreaterThan(
      try XCTUnwrap(scrape.value(durations + "_sum", ["handler": "proxy.routes[0]"])), 0)
    XCTAssertGreaterThan(
      try XCTUnwrap(scrape.value("sallyport_http_received_bytes_total")), 6 * 50)
  }

  func testAScrapeIsReadAlikeInBothFormats() throws {
    let deployment = try Deployment()
    _ = try deployment.token()
    let plain = try deployment.scrape()
    let open = try deployment.scrape(open: true)
    // The one leaves `_total` to the sample, the other has it in the family's name as well.
    let names = { (scrape: Scrape) in scrape.families.map(\.name).sorted() }
    XCTAssertEqual(
      names(open).map { $0 == "sallyport_build" ? "sallyport_build_info" : $0 }, names(plain))
    XCTAssertTrue(open.text.hasSuffix("# EOF\n"))
    XCTAssertFalse(plain.text.contains("# EOF"))
    XCTAssertEqual(plain.value("sallyport_build_info"), 1)
    XCTAssertEqual(open.value("sallyport_build_info"), 1)
  }

  func testTheFormatIsTheOneThatAcceptPrefers() throws {
    let deployment = try Deployment()
    let openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8"
    let text = "text/plain; version=0.0.4; charset=utf-8"
    for (accept, expected) in [
      ("*/*", text), ("text/plain;version=0.0.4", text), ("text/html", text),
      ("application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.2", openMetrics),
      ("application/openmetrics-text;q=0.1,text/plain;q=0.2", text),
      ("application/openmetrics-text;version=7.0.0", text),
    ] {
      let answer = try deployment.adminCurl("/metrics", ["-i", "-H", "Accept: \(accept)"])
      XCTAssertTrue(answer.output.contains("content-type: \(expected)\r\n"), accept)
    }
  }

  func testNoListenerButTheAdminsServesMetrics() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    XCTAssertEqual(try caller.send("GET", "/metrics").status, 404)
    XCTAssertEqual(try caller.get("/metrics", token: try deployment.token()).status, 404)
  }

  func testTheProcessIsMeasured() throws {
    let deployment = try Deployment()
    let scrape = try deployment.scrape()
    let started = try XCTUnwrap(scrape.value("process_start_time_seconds"))
    XCTAssertEqual(started, Date().timeIntervalSince1970, accuracy: 30)
    XCTAssertGreaterThan(try XCTUnwrap(scrape.value("process_cpu_seconds_total")), 0)
    let memory = try XCTUnwrap(scrape.value("process_resident_memory_bytes"))
    XCTAssertTrue((1 << 20...1 << 30).contains(Int(memory)), "\(memory)")
    XCTAssertGreaterThan(try XCTUnwrap(scrape.value("process_open_fds")), 5)
    XCTAssertGreaterThan(try XCTUnwrap(scrape.value("process_max_fds")), 100)
  }

  func testReloadsAreCountedByHowTheyEnd() throws {
    let deployment = try Deployment()
    XCTAssertEqual(
      try deployment.scrape().value("sallyport_config_last_reload_successful"), 1)
    try deployment.write(text: "{ nonsense }")
    deployment.process?.send(SIGHUP)
    let reloads = "sallyport_config_reloads_total"
    try eventually(until: "the refused reload counts") {
      try deployment.scrape().value(reloads, ["result": "refused"]) == 1
    }
    XCTAssertEqual(
      try deployment.scrape().value("sallyport_config_last_reload_successful"), 0)
    try deployment.write(DeploymentConfig.standard)
    deployment.process?.send(SIGHUP)
    try eventually(until: "the accepted reload counts") {
      try deployment.scrape().value(reloads, ["result": "accepted"]) == 1
    }
    XCTAssertEqual(
      try deployment.scrape().value("sallyport_config_last_reload_successful"), 1)
  }
}
