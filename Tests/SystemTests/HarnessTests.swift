import Foundation
import Harness
import XCTest

/// The tools of these tests can be trusted: each is seen to accept and to refuse.
final class HarnessTests: XCTestCase {
  func testTheJudgeAcceptsGoodTokensAndRefusesForgedOnes() throws {
    for algorithm in ["ES256", "RS256"] {
      let key = try Judge.key(algorithm, id: "k")
      let now = Int(Date().timeIntervalSince1970)
      let claims: [String: Any] = ["sub": "x", "exp": now + 60]
      let header = ["alg": algorithm, "kid": "k"]
      let good = try XCTUnwrap(Judge.sign([claims], header: header, key: key.private).first)
      XCTAssertEqual(try Judge.verify(good, jwks: key.jwks).claims["sub"] as? String, "x")
      let forgeries = try Judge.forgeries(of: good, jwks: key.jwks)
      for name in ["one bit of the signature", "another key under the same kid", "alg none"] {
        let forged = try XCTUnwrap(forgeries[name])
        XCTAssertThrowsError(try Judge.verify(forged, jwks: key.jwks), name)
      }
      let old = try Judge.sign([["exp": now - 3600]], header: header, key: key.private)
      XCTAssertThrowsError(try Judge.verify(try XCTUnwrap(old.first), jwks: key.jwks))
    }
  }

  func testTheUpstreamRecordsWhatTheCallerSends() throws {
    let upstream = try RecordingUpstream { RecordingUpstream.ok("got \($0.body.count)") }
    let caller = HTTPCaller(port: upstream.port)
    let connection = try Connection(port: upstream.port)
    for count in [1, 2] {
      let answer = try caller.send(
        on: connection, "POST", "/x?y", fields: [("A", "b")],
        body: String(repeating: "z", count: count))
      XCTAssertEqual(answer.text, "got \(count)")
    }
    XCTAssertEqual(upstream.received.map(\.target), ["/x?y", "/x?y"])
    XCTAssertEqual(upstream.received.first?["a"], "b")
    XCTAssertEqual(upstream.server.connections, 1)
  }

  func testACommandsOutputAndExitCodeAreSeen() throws {
    let result = try execute("sh", ["-c", "cat; echo bad >&2; exit 3"], input: "hello")
    XCTAssertEqual(result.exitCode, 3)
    XCTAssertEqual(result.output, "hello")
    XCTAssertEqual(result.errors, "bad\n")
    XCTAssertThrowsError(try execute("sleep", ["9"], within: 0.1))
  }

  func testLoadCountsSuccessesAndKeepsFailures() throws {
    let load = Load(threads: 2) { number in
      { if number == 1 { throw Problem("as told") } }
    }
    try load.waitForMore(100)
    try eventually(until: "a failure is noted") { !load.failures.isEmpty }
    XCTAssertEqual(try load.stop().first, "as told")
  }

  func testAFormIsEscaped() {
    XCTAssertEqual(HTTPCaller.encode([("a b", "c&d=ü")]), "a%20b=c%26d%3D%C3%BC")
  }
}
