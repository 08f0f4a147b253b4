import Configuration
import Diagnostics
import Foundation
import OAuth
import XCTest

/// Secrets and other strings that stand elsewhere, and who may write where they stand.
final class ReferenceTests: XCTestCase {
  func testSecretsComeFromTheEnvironmentAndFromFiles() throws {
    let deployment = try Deployment()
    try deployment.write("from a file\n\n", to: "secret")
    let options = try deployment.load(
      serverConfig(
        clients: #"""
          { id: "a", secret: { env: "CLIENT_SECRET" }, grantTypes: ["x"] },
          { id: "b", secret: { file: "secret" }, grantTypes: ["x"] },
          { id: "c", grantTypes: ["x"] },
          """#))
    let secrets = options.clients.map {
      $0.secret.map { String(decoding: $0.reveal(), as: UTF8.self) }
    }
    XCTAssertEqual(secrets, ["from-the-environment", "from a file\n", nil])
    XCTAssertEqual(options.clients[2].authenticationMethods, [.none])
    XCTAssertFalse("\(options)".contains("from"), "a secret was printed")
  }

  func testAnyStringMayStandElsewhere() throws {
    let deployment = try Deployment()
    deployment.environment["ADDRESS"] = "[::1]:8443"
    deployment.environment["LEVEL"] = "debug"
    let options = try deployment.load(
      #"{ listeners: [{ address: { env: "ADDRESS" }, serves: ["proxy"] }], log: { level: { env: "LEVEL" } } }"#
    )
    XCTAssertEqual(options.listeners[0].address.host, "::1")
    XCTAssertEqual(options.log.level, .debug)
  }

  func testMasterKeysAreRawOrHexadecimal() throws {
    let deployment = try Deployment()
    // A raw key whose last byte is a newline keeps it.
    let raw = String(repeating: "k", count: 31) + "\n"
    try deployment.write(raw, to: "raw.key")
    let options = try deployment.load(
      serverConfig(more: #"keys: { master: [{ file: "master.key" }, { file: "raw.key" }] },"#))
    XCTAssertEqual(
      options.keys.master.map { $0.key?.reveal() },
      [[UInt8](repeating: 0x5A, count: 32), Array(raw.utf8)])
  }

  func testADemonstrationMakesItsOwnMasterKey() throws {
    let deployment = try Deployment()
    let text = serverConfig(more: #"keys: {}, state: "s","#)
    XCTAssertEqual(try deployment.faults(text).count, 1)
    let key = try deployment.load(text, demo: true).keys.master[0]
    XCTAssertNil(key.key)
    XCTAssertEqual(key.file, deployment.folder.path + "/s/master.key")
    try deployment.write(String(repeating: "a5", count: 32), to: "s/master.key")
    XCTAssertEqual(
      try deployment.load(text, demo: true).keys.master[0].key?.reveal(),
      [UInt8](repeating: 0xA5, count: 32))
  }

  func testPathsAreRelativeToTheConfig() throws {
    let deployment = try Deployment()
    let options = try deployment.load(
      proxyConfig(
        more:
          #"state: "s", plugins: { directory: "/p", grants: [{ load: "./x.so" }, { load: "y" }] }"#)
    )
    XCTAssertEqual(options.state, deployment.folder.path + "/s")
    XCTAssertEqual(options.admin.socket, deployment.folder.path + "/s/admin.sock")
    XCTAssertEqual(options.plugins.directory, "/p")
    XCTAssertEqual(options.plugins.grants.map(\.load), [deployment.folder.path + "/./x.so", "y"])
    let moved = try ConfigurationFile.load(path: deployment.path, state: "/elsewhere")
    XCTAssertEqual(moved.state, "/elsewhere")
    XCTAssertEqual(moved.admin.socket, "/elsewhere/admin.sock")
  }

  func testAConfigThatOthersMayWriteIsRefused() throws {
    let deployment = try Deployment()
    for mode in [0o620, 0o602, 0o666] {
      try deployment.write(proxyConfig(), to: "config.json5", mode: mode)
      XCTAssertThrowsError(try ConfigurationFile.load(path: deployment.path)) { error in
        XCTAssertTrue("\(error)".contains("may be written by others"), "\(error)")
      }
    }
    try deployment.write("secret", to: "secret", mode: 0o666)
    let faults = try deployment.faults(
      serverConfig(clients: #"{ id: "a", secret: { file: "secret" }, grantTypes: ["x"] }"#))
    XCTAssertEqual(faults.count, 1)
    XCTAssertTrue(faults[0].description.contains("run chmod go-w on it"), "\(faults)")
  }

  func testAFileOfSomebodyElseIsRefused() throws {
    try XCTSkipUnless(geteuid() == 0, "only root can give files away")
    let deployment = try Deployment()
    try deployment.write(proxyConfig(), to: "config.json5")
    XCTAssertEqual(chown(deployment.path, 12_345, 0), 0)
    XCTAssertThrowsError(try ConfigurationFile.load(path: deployment.path)) { error in
      XCTAssertTrue("\(error)".contains("belongs to user 12345"), "\(error)")
    }
  }

  func testWhatIsNoRegularFileIsRefusedAtOnce() throws {
    let deployment = try Deployment()
    XCTAssertEqual(mkfifo(deployment.path, 0o600), 0)
    XCTAssertThrowsError(try ConfigurationFile.load(path: deployment.path)) { error in
      XCTAssertTrue("\(error)".contains("is no regular file"), "\(error)")
    }
    XCTAssertThrowsError(try ConfigurationFile.load(path: deployment.path + "x")) { error in
      XCTAssertTrue("\(error)".contains("No such file or directory; create it"), "\(error)")
    }
    try deployment.write(String(repeating: " ", count: 1_048_577), to: "large.json5")
    let large = deployment.folder.appendingPathComponent("large.json5").path
    XCTAssertThrowsError(try ConfigurationFile.load(path: large))
  }
}
