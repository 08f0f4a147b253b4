import Foundation
import Harness
import XCTest

/// What the program writes is what `docs/logs.md` says, and no secret is in it.
final class LogTests: XCTestCase {
  /// The page's tables: the fields of each event, and the type of each field.
  private struct Schema {
    var fields: [String: Set<String>] = [:]
    var types: [String: String] = [:]

    init() throws {
      let page = try String(
        contentsOf: Program.checkout.appendingPathComponent("docs/logs.md"), encoding: .utf8)
      let ofRequest: Set<String> = ["request_id", "peer", "method", "path", "status"]
      var heading = ""
      for line in page.components(separatedBy: "\n") {
        if line.hasPrefix("## ") { heading = String(line.dropFirst(3)) }
        guard line.hasPrefix("| `") else { continue }
        let cells = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        let name = cells[1].trimmingCharacters(in: CharacterSet(charactersIn: " `"))
        if heading == "Fields" {
          types[name] = cells[2].trimmingCharacters(in: .whitespaces)
        } else {
          let last = cells[cells.count - 2]
          var names = Set(last.split(separator: "`").map(String.init).filter { !$0.contains(" ") })
          if last.contains("those of a request") { names.formUnion(ofRequest) }
          fields[name] = fields[name, default: []].union(names)
        }
      }
    }

    /// What is wrong with a line; nil if nothing is.
    func fault(_ line: String) throws -> String? {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      guard let object, let event = object["event"] as? String else { return "no event: \(line)" }
      guard let allowed = fields[event] else { return "unknown event: \(line)" }
      for (name, value) in object where !["time", "level", "event"].contains(name) {
        guard allowed.contains(name) else { return "\(event) has \(name): \(line)" }
        let type = value is String ? "text" : "number"
        guard let known = types[name], known.contains(type) else {
          return "\(name) is \(type): \(line)"
        }
      }
      return nil
    }
  }

  /// A deployment after all sorts of traffic, stopped; and every secret that was used.
  private func run() throws -> (Deployment, secrets: [String]) {
    let log = #"{ level: "debug", format: "json", audit: { file: "audit.log" } }"#
    let deployment = try Deployment(.standard.with("log", log))
    let caller = try deployment.caller()
    var secrets = [DeploymentConfig.secret, "a-guessed-secret-5c1d"]
    let token = try deployment.token()
    let opaque = try deployment.token("app-uuid")
    secrets += [token, opaque, String(try XCTUnwrap(token.split(separator: ".").last))]
    let basic = basic("app")
    secrets.append(String(try XCTUnwrap(basic.1.split(separator: " ").last)))
    let master = try Data(contentsOf: URL(fileURLWithPath: deployment.folder.path("master.key")))
    secrets += [master.base64EncodedString(), master.map { String(format: "%02x", $0) }.joined()]

    _ = try caller.post("/oauth2/v1/token", form: Deployment.form(secret: "a-guessed-secret-5c1d"))
    _ = try caller.post("/oauth2/v1/token", form: Deployment.form(), fields: [basic])
    _ = try caller.post("/oauth2/v1/introspect", form: [("token", opaque)], fields: [basic])
    for path in ["/api/x?access_token=\(token)", "/open/x?token=\(opaque)", "/nowhere?x=\(token)"] {
      _ = try caller.send("GET", path)
    }
    for presented in [
      token, opaque, token + "x", "x.y.z", token.replacingOccurrences(of: ".", with: ""),
    ] {
      _ = try caller.get("/api/x", token: presented)
      _ = try caller.send(
        "POST", "/api/x",
        fields: [("Authorization", "Bearer \(presented)"), ("Cookie", "s=\(token)")])
    }
    let created = try deployment.command(
      ["client", "create", "made", "--grant-type", "client_credentials", "--json"])
    let object = try JSONSerialization.jsonObject(with: Data(created.output.utf8)) as? [String: Any]
    secrets.append(try XCTUnwrap(object?["secret"] as? String))
    _ = try caller.post("/oauth2/v1/revoke", form: [("token", token)], fields: [basic])
    _ = try deployment.command(["key", "rotate"])
    deployment.process?.send(SIGHUP)
    try eventually(upTo: 10, until: "reloaded") { deployment.log.contains("reloaded") }
    return (deployment, secrets)
  }

  func testEachLineIsAsThePageSays() throws {
    let schema = try Schema()
    let (deployment, _) = try run()
    try deployment.stop()
    let audit = try deployment.folder.read("audit.log")
    let lines = (deployment.log + audit).split(separator: "\n").map(String.init)
    XCTAssertGreaterThan(lines.count, 40)
    for line in lines {
      if let fault = try schema.fault(line) { XCTFail(fault) }
    }
    XCTAssertNotNil(try schema.fault(#"{"time":"","event":"http.request","secret":"x"}"#))
    XCTAssertNotNil(try schema.fault(#"{"time":"","event":"http.request","status":"x"}"#))
    XCTAssertNotNil(try schema.fault(#"{"time":"","event":"nothing"}"#))
  }

  func testNoSecretIsInLogsDecisionsAuditOrAdminAnswers() throws {
    let (deployment, secrets) = try run()
    var texts = [("log", deployment.log), ("audit", try deployment.folder.read("audit.log"))]
    let ids = try Self.requestIDs(in: deployment.log)
    XCTAssertGreaterThan(ids.count, 15)
    for id in ids {
      texts.append(("explain", try deployment.command(["explain", id, "--json"]).output))
    }
    for words in [
      ["client", "list"], ["client", "show", "made"], ["key", "list"], ["explain"],
    ] {
      let result = try deployment.command(words + ["--json"])
      XCTAssertEqual(result.exitCode, 0, result.errors)
      texts.append((words.joined(separator: " "), result.output))
    }
    texts.append(("config show", try deployment.command(["config", "show"]).output))
    for (name, text) in texts {
      XCTAssertFalse(text.isEmpty, name)
      for secret in secrets where text.contains(secret) {
        XCTFail("\(name) has the secret \(secret.prefix(12))…")
      }
    }
  }

  private static func requestIDs(in log: String) throws -> [String] {
    let form = try NSRegularExpression(pattern: "request_id\"?[:=]\"?([0-9a-f]{32})")
    return form.matches(in: log, range: NSRange(log.startIndex..., in: log)).compactMap {
      Range($0.range(at: 1), in: log).map { String(log[$0]) }
    }
  }
}
