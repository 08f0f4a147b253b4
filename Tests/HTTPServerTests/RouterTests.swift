import HTTP
import HTTPServer
import XCTest

final class RouterTests: XCTestCase {
  func testTwoEndpointsCannotShareAMethodAndAPath() throws {
    XCTAssertThrowsError(try Router(endpoints: [EchoEndpoint(), EchoEndpoint()])) {
      XCTAssertEqual($0 as? Router.Fault, .duplicate(method: .get, path: "/echo"))
    }
  }

  func testPathsMatchWholeAndInCase() throws {
    let router = try Router(endpoints: [EchoEndpoint()])
    XCTAssertTrue(router.serves("/echo"))
    for path in ["/ech", "/echo/", "/Echo", "/echo2", "", "/"] {
      guard case .none = router.decide(.get, path) else {
        XCTFail("matched \(path)")
        continue
      }
    }
  }
}
