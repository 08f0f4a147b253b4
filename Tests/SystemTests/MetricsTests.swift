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

  func testTokensAreCountedByHowTheyWereJudged() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let token = try deployment.token()
    let opaque = try deployment.token("app-uuid")
    for _ in 0..<20 { XCTAssertEqual(try caller.get("/api/x", token: token).status, 200) }
    XCTAssertEqual(try caller.get("/api/x", token: opaque).status, 200)
    XCTAssertEqual(try caller.get("/api/x", token: token + "x").status, 401)
    XCTAssertEqual(try caller.send("POST", "/api/x", fields: bearer(token), body: "").status, 403)
    XCTAssertEqual(try caller.send("GET", "/api/x").status, 401)
    let scrape = try deployment.scrape()
    let judged = "sallyport_token_verifications_total"
    let verified = try XCTUnwrap(scrape.value(judged, ["outcome": "verified"]))
    let cached = try XCTUnwrap(scrape.value(judged, ["outcome": "cached"]))
    // Each loop verifies a token once for itself.
    XCTAssertEqual(verified + cached, 21)
    XCTAssertEqual(scrape.value("sallyport_token_cache_lookups_total", ["result": "hit"]), cached)
    XCTAssertGreaterThanOrEqual(cached, 21 - 2 * verified)
    XCTAssertEqual(scrape.value(judged, ["outcome": "looked_up"]), 1)
    XCTAssertEqual(scrape.value(judged, ["outcome": "token.malformed"]), 1)
    XCTAssertEqual(scrape.value("sallyport_token_cache_entries"), verified + 1)
    XCTAssertGreaterThan(try XCTUnwrap(scrape.value("sallyport_token_cache_bytes")), 500)
    let denied = "sallyport_proxy_denials_total"
    XCTAssertEqual(scrape.value(denied, ["reason": "token.malformed"]), 1)
    XCTAssertEqual(scrape.value(denied, ["reason": "token.missing"]), 1)
    XCTAssertEqual(scrape.value(denied, ["reason": "token.scope"]), 1)
  }

  private func bearer(_ token: String) -> [(String, String)] {
    [("Authorization", "Bearer \(token)")]
  }

  func testUpstreamsAreCountedByAnswersAndFailures() throws {
    let upstream = try RecordingUpstream { request in
      if request.target == "/open/broken" { return "nonsense\r\n\r\n" }
      return RecordingUpstream.ok("hello")
    }
    let deployment = try Deployment(.proxying(to: upstream.port))
    let caller = try deployment.caller()
    for _ in 0..<4 { XCTAssertEqual(try caller.send("GET", "/open/x").status, 200) }
    XCTAssertEqual(try caller.send("GET", "/open/broken").status, 502)
    let scrape = try deployment.scrape()
    let app = ["upstream": "app"]
    XCTAssertEqual(
      scrape.value("sallyport_upstream_responses_total", ["upstream": "app", "status": "2xx"]), 4)
    XCTAssertEqual(
      scrape.value(
        "sallyport_upstream_failures_total", ["upstream": "app", "reason": "upstream.malformed"]),
      1)
    XCTAssertEqual(scrape.value("sallyport_upstream_request_duration_seconds_count", app), 4)
    let connects = try XCTUnwrap(scrape.value("sallyport_upstream_connects_total", app))
    // What was malformed took its connection with it; the others are kept.
    XCTAssertEqual(scrape.value("sallyport_upstream_connections", app), connects - 1)
    XCTAssertEqual(scrape.value("sallyport_upstream_idle_connections", app), connects - 1)
  }

  func testStorageGrantsAndKeysAreMeasured() throws {
    let deployment = try Deployment(
      .standard.with(
        "keys", #"{ master: [{ file: "master.key" }], rotation: { every: "30d" } }"#))
    _ = try deployment.token("app-uuid")
    let scrape = try deployment.scrape()
    let operations = "sallyport_storage_operations_total"
    let applied = try XCTUnwrap(
      scrape.value(operations, ["operation": "apply", "outcome": "ok"]))
    XCTAssertGreaterThanOrEqual(applied, 1)
    XCTAssertEqual(
      scrape.value(
        "sallyport_storage_operation_duration_seconds_count", ["operation": "apply"]), applied)
    let grant = ["grant_type": "client_credentials", "outcome": "decided"]
    XCTAssertEqual(scrape.value("sallyport_grant_decisions_total", grant), 1)
    XCTAssertEqual(scrape.value("sallyport_plugin_stuck_calls"), 0)
    let active = ["algorithm": "ES256", "state": "active"]
    XCTAssertEqual(scrape.value("sallyport_signing_keys", active), 1)
    let age = try XCTUnwrap(
      scrape.value("sallyport_signing_key_age_seconds", ["algorithm": "ES256"]))
    XCTAssertTrue((0..<60).contains(age), "\(age)")
    let next = "sallyport_signing_key_next_change_timestamp_seconds"
    let change = try XCTUnwrap(scrape.value(next, ["algorithm": "ES256"]))
    XCTAssertGreaterThan(change, Date().timeIntervalSince1970)
    try eventually(until: "the records are counted") {
      try deployment.scrape().value("sallyport_storage_records", ["kind": "token"]) == 1
    }
    XCTAssertEqual(try deployment.scrape().value("sallyport_storage_sweep_lag_seconds"), 0)
  }

  func testSweptRecordsAreCounted() throws {
    let config = DeploymentConfig.standard
    let deployment = try Deployment(
      config.with(
        "clients",
        "["
          + DeploymentConfig.client(
            "brief", #"tokens: { format: "uuid", accessTokenLifetime: "1s" }"#) + "]"))
    for _ in 0..<3 { _ = try deployment.token("brief") }
    try eventually(until: "the sweep took them") {
      try deployment.scrape().value("sallyport_storage_swept_records_total") == 3
    }
  }

  func testReadinessShowsEachCheck() throws {
    let deployment = try Deployment()
    try eventually(until: "the checks were made") {
      try deployment.scrape().value("sallyport_ready") == 1
    }
    let scrape = try deployment.scrape()
    for check in ["storage", "keys", "plugins"] {
      XCTAssertEqual(scrape.value("sallyport_health_check", ["check": check]), 1, check)
    }
  }

  func testIssuedTokensAndRefusedClientsAreCounted() throws {
    let deployment = try Deployment()
    for _ in 0..<2 { _ = try deployment.token() }
    _ = try deployment.token("app-uuid")
    let wrong = Deployment.form(secret: "wrong")
    XCTAssertEqual(
      try deployment.caller().post("/oauth2/v1/token", form: wrong).status, 401)
    let scrape = try deployment.scrape()
    let issued = "sallyport_tokens_issued_total"
    let grant = "client_credentials"
    XCTAssertEqual(scrape.value(issued, ["grant_type": grant, "format": "jws"]), 2)
    XCTAssertEqual(scrape.value(issued, ["grant_type": grant, "format": "uuid"]), 1)
    XCTAssertEqual(
      scrape.value(
        "sallyport_oauth_refusals_total",
        ["endpoint": "/oauth2/v1/token", "reason": "client.secret_wrong"]), 1)
  }
}
