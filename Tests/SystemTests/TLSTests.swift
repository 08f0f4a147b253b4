import Foundation
import Harness
import XCTest

/// The listener with a certificate, as OpenSSL and curl find it.
final class TLSTests: XCTestCase {
  private func deployment() throws -> Deployment {
    let listener = #"""
      [{ address: "127.0.0.1:0", serves: ["authorization-server", "proxy"],
         tls: { certificate: "tls.crt", key: "tls.key" } }]
      """#
    let deployment = try Deployment(.standard.with("listeners", listener), start: false)
    try Certificate.make(in: deployment.folder)
    try deployment.start()
    return deployment
  }

  private func curl(_ deployment: Deployment, _ arguments: [String]) throws -> CommandResult {
    let trust = ["-sS", "--cacert", deployment.folder.path("tls.crt")]
    return try execute("curl", trust + arguments)
  }

  func testATokenTravelsOverBothVersionsOfTLS() throws {
    let deployment = try deployment()
    let url = "https://127.0.0.1:\(try deployment.port())"
    for version in [["--tlsv1.2", "--tls-max", "1.2"], ["--tlsv1.3"]] {
      let issued = try curl(
        deployment,
        version + ["-d", HTTPCaller.encode(Deployment.form()), url + "/oauth2/v1/token"])
      let object = try JSONSerialization.jsonObject(with: Data(issued.output.utf8))
      let token = try XCTUnwrap((object as? [String: Any])?["access_token"] as? String)
      let proxied = try curl(
        deployment, version + ["-H", "Authorization: Bearer \(token)", url + "/api/hello"])
      XCTAssertTrue(proxied.output.contains("/api/hello"), proxied.output + proxied.errors)
    }
  }

  func testOldVersionsAreRefused() throws {
    let deployment = try deployment()
    let result = try curl(
      deployment,
      [
        "--tls-max", "1.1", "--ciphers", "DEFAULT@SECLEVEL=0",
        "https://127.0.0.1:\(deployment.port())/health/live",
      ])
    XCTAssertNotEqual(result.exitCode, 0)
  }

  func testTheProtocolIsNegotiated() throws {
    let deployment = try deployment()
    let result = try execute(
      "openssl",
      [
        "s_client", "-connect", "127.0.0.1:\(deployment.port())", "-alpn", "h2,http/1.1", "-CAfile",
        deployment.folder.path("tls.crt"), "-verify_return_error",
      ])
    XCTAssertTrue(result.output.contains("ALPN protocol: http/1.1"), result.output)
    XCTAssertTrue(result.output.contains("Verify return code: 0"), result.output)
  }

  func testClearTextOnATLSPortIsNoService() throws {
    let deployment = try deployment()
    let connection = try Connection(port: try deployment.port())
    try connection.send("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
    // A reset is as good an end as a farewell.
    let answer = (try? connection.receiveAll()) ?? []
    XCTAssertFalse(String(decoding: answer, as: UTF8.self).contains("200 OK"))
  }

  func testAMissingCertificateIsNamed() throws {
    let deployment = try deployment()
    try deployment.stop()
    try FileManager.default.removeItem(atPath: deployment.folder.path("tls.crt"))
    let refusal = try deployment.refusal()
    XCTAssertEqual(refusal.exitCode, 2)
    XCTAssertTrue(refusal.errors.contains("tls.crt: the listener"), refusal.errors)
    let check = try deployment.command(["check"])
    XCTAssertEqual(check.exitCode, 2)
    XCTAssertTrue(check.errors.contains("tls.crt: the listener"), check.errors)
  }
}
