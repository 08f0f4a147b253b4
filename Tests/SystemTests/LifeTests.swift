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

  func testAStateFolderIsMadeWithTheFoldersAboveIt() throws {
    let deployment = try Deployment(.standard.with("state", "\"var/lib/state\""))
    XCTAssertNoThrow(try deployment.token())
    XCTAssertEqual(try deployment.stop(), 0)
  }

  func testAReloadThatWouldNeedANewProcessIsRefusedByName() throws {
    let deployment = try Deployment()
    for (section, text) in [
      ("limits", "{ connections: 100 }"), ("log", "{ level: \"debug\" }"),
      ("state", "\"elsewhere\""),
    ] {
      try deployment.write(DeploymentConfig.standard.with(section, text))
      deployment.process?.send(SIGHUP)
      try eventually(until: "a reload that changes \(section) is refused") {
        deployment.events("reload.refused").contains { $0.contains("cannot change \(section)") }
      }
    }
    XCTAssertNoThrow(try deployment.token())
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

  func testANewProcessTakesOverUnderLoadWithoutAFailure() throws {
    let deployment = try Deployment()
    let load = try load(deployment)
    try load.waitForMore(50)
    let token = try deployment.token("app-uuid")
    deployment.process?.send(SIGUSR2)
    try eventually(upTo: 20, until: "a second ready:\n\(deployment.log.suffix(1500))") {
      deployment.events("ready").count == 2
    }
    try eventually(upTo: 40, until: "the old process ended") {
      deployment.process?.isFinished ?? true
    }
    XCTAssertEqual(deployment.process?.exitCode, 0)
    try load.waitForMore(100)
    XCTAssertEqual(try deployment.caller().get("/api/x", token: token).status, 200)
    XCTAssertEqual(try load.stop(), [])
  }

  func testANewProcessLeavesNoSocketOpenThatItsConfigDoesNotName() throws {
    let service = "serves: [\"authorization-server\", \"proxy\"]"
    let one = "{ address: \"127.0.0.1:0\", \(service) }"
    let other = "{ address: \"0.0.0.0:0\", \(service) }"
    let deployment = try Deployment(.standard.with("listeners", "[\(one), \(other)]"))
    let port = try deployment.port(1)
    XCTAssertNoThrow(try Connection(port: port))
    try deployment.write(.standard.with("listeners", "[\(one)]"))
    deployment.process?.send(SIGUSR2)
    try eventually(upTo: 40, until: "the old process ended") {
      deployment.process?.isFinished ?? true
    }
    XCTAssertThrowsError(try Connection(port: port))
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

  func testAnOrderlyEndFinishesWhatIsUnderWay() throws {
    let gate = Mutex(false)
    let arrived = Atomic<Int>(0)
    let server = try RawServer { connection in
      _ = try connection.receive(through: "\r\n\r\n")
      arrived.wrappingAdd(1, ordering: .sequentiallyConsistent)
      try eventually(upTo: 15, until: "the gate opened") { gate.withLock { $0 } }
      try connection.send(RecordingUpstream.ok("finished"))
    }
    let deployment = try Deployment(.proxying(to: server.port))
    let token = try deployment.token()
    let port = try deployment.port()
    let answers = Mutex<[String]>([])
    let load = Load(threads: 3) { _ in
      let once = Atomic<Bool>(false)
      return {
        guard !once.exchange(true, ordering: .sequentiallyConsistent) else {
          _ = poll(nil, 0, 5)
          return
        }
        let answer = try HTTPCaller(port: port).send(
          "GET", "/api/x", fields: [("Authorization", "Bearer \(token)")], timeout: 30)
        answers.withLock { $0.append(answer.text) }
      }
    }
    try eventually(until: "three requests reached the upstream") {
      arrived.load(ordering: .sequentiallyConsistent) == 3
    }
    deployment.process?.send(SIGTERM)
    try eventually(until: "nobody is taken any more") {
      // A refused connection is what is waited for.
      (try? Connection(port: port)) == nil
    }
    XCTAssertNil(deployment.process?.exitCode)
    gate.withLock { $0 = true }
    try eventually(until: "all three were answered") { answers.withLock { $0.count } == 3 }
    XCTAssertEqual(try load.stop(), [])
    XCTAssertEqual(answers.withLock { Array($0) }, ["finished", "finished", "finished"])
    XCTAssertEqual(try deployment.process?.finished(), 0)
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
