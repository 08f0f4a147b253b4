import Configuration
import Foundation
import OAuth
import XCTest

/// The files in `etc` are what the docs point at: each loads as it is.
final class ExampleFilesTests: XCTestCase {
  private static let etc = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("etc").path

  func testDemo() throws {
    let options = try ConfigurationFile.load(path: Self.etc + "/demo.json5", demo: true)
    XCTAssertEqual(options.issuer, Issuer("http://127.0.0.1:8080"))
    XCTAssertEqual(options.clients.map(\.id.text), ["demo-client", "demo-uuid"])
    XCTAssertEqual(options.clients[1].tokens?.format, .uuid)
    XCTAssertEqual(options.keys.signing, [.es256, .rs256])
    XCTAssertEqual(options.keys.master.count, 1)
    XCTAssertEqual(options.proxy.routes.count, 2)
    XCTAssertEqual(options.proxy.upstreams["echo"]?.target, .echo)
    XCTAssertEqual(options.plugins.grants.map(\.load), ["grant-client-credentials"])
  }

  func testDemoIsRefusedWithoutDemo() {
    XCTAssertThrowsError(try ConfigurationFile.load(path: Self.etc + "/demo.json5")) { error in
      let text = String(describing: error)
      XCTAssertTrue(text.contains("is a literal secret"), text)
      XCTAssertTrue(text.contains("lacks \"keys.master\""), text)
    }
  }
}
