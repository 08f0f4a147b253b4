import Foundation
import Harness
import XCTest

/// Sessions that clients resume, as `openssl s_client` sees them.
final class TLSResumptionTests: XCTestCase {
  private static let versions = ["-tls1_2", "-tls1_3"]

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

  /// One connection with one request; what `s_client` says of it.
  private func connect(
    _ deployment: Deployment, _ arguments: [String],
    input: String = "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
  ) throws -> String {
    let result = try execute(
      "openssl",
      ["s_client", "-connect", "127.0.0.1:\(try deployment.port())", "-ign_eof"] + arguments,
      input: input)
    return result.output + result.errors
  }

  private func begin(_ deployment: Deployment, _ version: String, saving file: String) throws {
    let output = try connect(deployment, [version, "-sess_out", deployment.folder.path(file)])
    XCTAssertTrue(output.contains("New, TLSv1."), output)
    XCTAssertTrue(output.contains("200 OK"), output)
  }

  private func resume(_ deployment: Deployment, _ version: String, with file: String) throws -> Bool
  {
    let output = try connect(deployment, [version, "-sess_in", deployment.folder.path(file)])
    XCTAssertTrue(output.contains("200 OK"), output)
    XCTAssertNotEqual(output.contains("Reused, TLSv1."), output.contains("New, TLSv1."), output)
    return output.contains("Reused, TLSv1.")
  }

  private func reload(_ deployment: Deployment) throws {
    let before = deployment.events("reloaded").count
    deployment.process?.send(SIGHUP)
    try eventually(until: "the reload is done") {
      deployment.events("reloaded").count > before
    }
  }

  func testASessionIsResumedOnAnyLoop() throws {
    let deployment = try deployment()
    for version in Self.versions {
      try begin(deployment, version, saving: "session")
      for _ in 1...6 { XCTAssertTrue(try resume(deployment, version, with: "session"), version) }
    }
  }

  func testASessionOutlivesAReloadButNotItsCertificate() throws {
    let deployment = try deployment()
    for version in Self.versions { try begin(deployment, version, saving: version) }
    try reload(deployment)
    for version in Self.versions {
      XCTAssertTrue(try resume(deployment, version, with: version), version)
    }
    try Certificate.make(in: deployment.folder)
    try reload(deployment)
    for version in Self.versions {
      XCTAssertFalse(try resume(deployment, version, with: version), version)
    }
    let trusted = try connect(
      deployment,
      ["-CAfile", deployment.folder.path("tls.crt"), "-verify_return_error"])
    XCTAssertTrue(trusted.contains("Verify return code: 0"), trusted)
  }

  func testATicketOfAnotherProcessBeginsAnew() throws {
    let deployment = try deployment()
    for version in Self.versions { try begin(deployment, version, saving: version) }
    try deployment.stop()
    try deployment.start()
    for version in Self.versions {
      XCTAssertFalse(try resume(deployment, version, with: version), version)
    }
  }

  func testNoEarlyDataIsTaken() throws {
    let deployment = try deployment()
    let file = deployment.folder.path("session")
    let first = try connect(deployment, ["-tls1_3", "-sess_out", file])
    XCTAssertTrue(first.contains("Max Early Data: 0"), first)
    try deployment.folder.write("early", "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
    let output = try connect(
      deployment,
      ["-tls1_3", "-sess_in", file, "-early_data", deployment.folder.path("early")])
    XCTAssertTrue(output.contains("Early data was not sent"), output)
  }

  func testNobodyRenegotiates() throws {
    let deployment = try deployment()
    let result = try execute(
      "openssl", ["s_client", "-connect", "127.0.0.1:\(try deployment.port())", "-tls1_2"],
      input: "R\n")
    let output = result.output + result.errors
    XCTAssertTrue(output.contains("RENEGOTIATING"), output)
    XCTAssertTrue(output.contains("no renegotiation"), output)
  }
}
