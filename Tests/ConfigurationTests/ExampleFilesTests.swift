import Configuration
import Foundation
import JOSE
import OAuth
import XCTest

/// The files in `etc` are what the docs point at: each loads as it is.
final class ExampleFilesTests: XCTestCase {
  private static let etc = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("etc")

  func testDemo() throws {
    let options = try ConfigurationFile.load(path: Self.etc.path + "/demo.json5", demo: true)
    XCTAssertEqual(options.issuer, Issuer("http://127.0.0.1:8080"))
    XCTAssertEqual(
      options.clients.map(\.id.text),
      ["demo-client", "demo-jwe", "demo-uuid", "demo-short", "demo-api-server"])
    XCTAssertEqual(options.clients[1].tokens?.format, .jwe)
    XCTAssertEqual(options.clients[2].tokens?.format, .uuid)
    XCTAssertEqual(options.keys.signing, [.es256, .rs256])
    XCTAssertEqual(options.keys.master.count, 1)
    XCTAssertEqual(options.proxy.routes.count, 2)
    XCTAssertEqual(options.proxy.upstreams["echo"]?.target, .echo)
    XCTAssertEqual(options.plugins.grants.map(\.load), ["grant-client-credentials"])
  }

  func testDemoIsRefusedWithoutDemo() {
    let path = Self.etc.path + "/demo.json5"
    XCTAssertThrowsError(try ConfigurationFile.load(path: path)) { error in
      let text = String(describing: error)
      XCTAssertTrue(text.contains("is a literal secret"), text)
      XCTAssertTrue(text.contains("lacks \"keys.master\""), text)
    }
  }

  func testTheOthersLoadOnceWhatTheyReferToIsThere() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.etc.path)
      .filter { $0.hasSuffix(".json5") && $0 != "demo.json5" }
    XCTAssertEqual(
      Set(names),
      [
        "minimal.json5", "proxy-only.json5", "proxy-encrypted.json5", "authorization-server.json5",
        "all.json5",
      ])
    let deployment = try Deployment()
    try deployment.write("a secret\n", to: "secrets/shop")
    try deployment.write(#"{"keys":[{"kty":"RSA"}]}"#, to: "login.example.jwks.json")
    try deployment.write(EncryptionKeys.privatePEM, to: "keys/payroll.pem")
    try deployment.write(EncryptionKeys.publicPEM, to: "keys/payroll.pub.pem")
    try deployment.write(EncryptionKeys.privateJWK, to: "keys/payroll-old.jwk")
    deployment.environment["BILLING_SECRET"] = "b"
    deployment.environment["LEDGER_SECRET"] = "d"
    deployment.environment["PROMETHEUS_SECRET"] = "p"
    deployment.environment["AUDITOR_SECRET"] = "c"
    for name in names {
      let text = try String(contentsOf: Self.etc.appendingPathComponent(name), encoding: .utf8)
      XCTAssertEqual(try deployment.faults(text).map(\.description), [], name)
    }
  }
}
