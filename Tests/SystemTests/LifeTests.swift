import Foundation
import Harness
import Synchronization
import XCTest

/// Signals: a new config, a new binary, an orderly end, none of which costs anybody a request.
final class LifeTests: XCTestCase {
  private func load(_ deployment: Deployment, threads: Int = 4) throws -> Load {
    let port = try deployment.port()
    let token = try deployment.token()
    return Load(threads: threads) { number in
      let caller = HTTPCaller(port: port)
      let form = Deployment.form(number % 2 == 0 ? "app" : "app-uuid")
      return {
        let proxied = try caller.get("/api/x", token: token)
        guard proxied.status == 200 else { throw Problem("\(proxied.status) \(proxied.text)") }
        let issued = try caller.post("/oauth2/v1/token", form: form)
        guard issued.status == 200 else { throw Problem("\(issued.status) \(issued.text)") }
      }
    }
  }

  func testReadyNamesTheRealAddresses() throws {
    let deployment = try Deployment(
      .standard.with(
        "listeners",
        """
        [{ address: "127.0.0.1:0", serves: ["authorization-server"] },
         { address: "127.0.0.1:0", serves: ["proxy"] }]
        """))
    XCTAssertEqual(try deployment.addresses().count, 2)
    let token = try deployment.token()
    XCTAssertEqual(try deployment.caller(1).get("/api/x", token: token).status, 200)
    XCTAssertEqual(try deployment.caller(0).get("/api/x", token: token).status, 404)
    XCTAssertEqual(
      try deployment.caller(1).post("/oauth2/v1/token", form: Deployment.form()).status, 404)
  }

  func testANewConfigTakesOverUnderLoadWithoutAFailure() throws {
    let deployment = try Deployment()
    let load = try load(deployment)
    try load.waitForMore(50)
    for round in 1...5 {
      let clients = try XCTUnwrap(DeploymentConfig.standard["clients"]?.dropLast())
      try deployment.write(
        .standard.with("clients", clients + DeploymentConfig.client("late-\(round)") + "]"))
      deployment.process?.send(SIGHUP)
      let caller = try deployment.caller()
      try eventually(until: "the client of round \(round) is known") {
        try caller.post("/oauth2/v1/token", form: Deployment.form("late-\(round)")).status == 200
      }
      XCTAssertEqual(
        try caller.post("/oauth2/v1/token", form: Deployment.form("late-\(round - 1)")).status, 401)
      try load.waitForMore(20)
    }
    XCTAssertEqual(try load.stop(), [])
  }

  func testAWrongConfigChangesNothingAndIsLogged() throws {
    let deployment = try Deployment()
    let load = try load(deployment, threads: 2)
    try deployment.write(
      text: DeploymentConfig.standard.text.replacingOccurrences(of: "issuer:", with: "isuer:"))
    deployment.process?.send(SIGHUP)
    try eventually(until: "the fault is logged") { deployment.log.contains("sallyport.json5:2:3") }
    try load.waitForMore(50)
    XCTAssertEqual(try load.stop(), [])
    XCTAssertNil(deployment.process?.exitCode)
  }

  func testANewProcessThatCannotStartLeavesTheOldOneServing() throws {
    let deployment = try Deployment()
    let load = try load(deployment, threads: 2)
    try deployment.write(text: "{ this is no config }")
    deployment.process?.send(SIGUSR2)
    try eventually(until: "the fault is logged") { deployment.log.contains("sallyport.json5:1:") }
    try load.waitForMore(50)
    XCTAssertEqual(try load.stop(), [])
    XCTAssertNil(deployment.process?.exitCode)
  }

  func testABusyAddressIsNamed() throws {
    let server = try RawServer { _ in }
    let deployment = try Deployment(
      .standard.with(
        "listeners",
        "[{ address: \"127.0.0.1:\(server.port)\", serves: [\"authorization-server\", \"proxy\"] }]"
      ),
      start: false)
    let refusal = try deployment.refusal()
    XCTAssertEqual(refusal.exitCode, 1)
    XCTAssertTrue(refusal.errors.contains("\(server.port)"), refusal.errors)
  }
}
