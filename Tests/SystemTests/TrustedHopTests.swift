import Foundation
import Harness
import XCTest

/// What a proxy in front of us says counts on the listener that names it, and nowhere else.
final class TrustedHopTests: XCTestCase {
  private let said = [
    ("X-Forwarded-For", "10.1.2.3"), ("X-Forwarded-Proto", "https"),
    ("X-Forwarded-Host", "public.example"), ("X-Request-Id", "their-id"),
  ]

  func testANamedHopIsBelievedOnItsListenerAlone() throws {
    let upstream = try RecordingUpstream()
    let deployment = try Deployment(
      .proxying(to: upstream.port).with(
        "listeners",
        """
        [{ address: "127.0.0.1:0", serves: ["proxy"], trustedHops: ["127.0.0.0/8"] },
         { address: "127.0.0.1:0", serves: ["authorization-server", "proxy"],
           trustedHops: ["10.0.0.0/8"] }]
        """))
    for listener in 0...1 {
      let answer = try deployment.caller(listener).send("GET", "/open/x", fields: said)
      XCTAssertEqual(answer.status, 200, answer.text)
      XCTAssertNotEqual(answer["X-Request-Id"], "their-id")
    }
    let (believed, doubted) = (upstream.received[0], upstream.received[1])
    XCTAssertEqual(believed.all("X-Forwarded-For"), ["10.1.2.3, 127.0.0.1"])
    XCTAssertEqual(believed.all("X-Forwarded-Proto"), ["https"])
    XCTAssertEqual(believed.all("X-Forwarded-Host"), ["public.example"])
    XCTAssertNotEqual(believed["X-Request-Id"], "their-id")
    XCTAssertEqual(doubted.all("X-Forwarded-For"), ["127.0.0.1"])
    XCTAssertEqual(doubted.all("X-Forwarded-Proto"), ["http"])
    XCTAssertFalse(doubted.fields.contains { $0.value.contains("public.example") })
    try eventually(until: "the log names the parent") {
      deployment.log.components(separatedBy: "\"parent\":\"their-id\"").count == 2
    }
  }
}
