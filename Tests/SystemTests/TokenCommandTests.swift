import Foundation
import Harness
import XCTest

/// What an operator can find out about tokens and do to them.
final class TokenCommandTests: XCTestCase {
  private func json(_ result: CommandResult) throws -> [String: Any] {
    XCTAssertEqual(result.exitCode, 0, result.errors)
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return try XCTUnwrap(object as? [String: Any], result.output)
  }

  private func inspect(_ token: String, _ deployment: Deployment) throws -> [String: Any] {
    try json(deployment.command(["token", "inspect", "--json"], input: token + "\n"))
  }

  func testAGoodTokenIsToldForWhatItIs() throws {
    let deployment = try Deployment()
    for (client, format) in [("app", "jws"), ("app-uuid", "uuid")] {
      let said = try inspect(deployment.token(client), deployment)
      XCTAssertEqual(said["format"] as? String, format)
      XCTAssertEqual(said["active"] as? Bool, true)
      XCTAssertEqual((said["claims"] as? [String: Any])?["client_id"] as? String, client)
      XCTAssertEqual(
        (said["header"] as? [String: Any])?["typ"] as? String == "at+jwt", format == "jws")
      XCTAssertNil(said["reason"])
    }
  }

  func testABadOneIsToldWhyItIsBad() throws {
    let deployment = try Deployment()
    let token = try deployment.token()
    let forged = String(token.dropLast(4)) + "AAAA"
    let said = try inspect(forged, deployment)
    XCTAssertEqual(said["active"] as? Bool, false)
    XCTAssertEqual(said["reason"] as? String, "token.signature")
    XCTAssertEqual((said["claims"] as? [String: Any])?["client_id"] as? String, "app")
    XCTAssertEqual(try inspect("garbage", deployment)["reason"] as? String, "token.malformed")
    XCTAssertEqual(try inspect("garbage", deployment)["format"] as? String, "unknown")
    let nothing = try deployment.command(["token", "inspect"])
    XCTAssertEqual(nothing.exitCode, 2, nothing.errors)
    // On the command line every user could read it.
    XCTAssertEqual(try deployment.command(["token", "inspect", token]).exitCode, 2)
  }

  func testARevokedOneIsToldByWhichEntry() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let token = try deployment.token()
    let revoked = try json(deployment.command(["token", "revoke", "--json"], input: token))
    XCTAssertEqual(revoked["revoked"] as? Bool, true)
    XCTAssertEqual(try caller.get("/api/x", token: token).status, 401)
    let said = try inspect(token, deployment)
    XCTAssertEqual(said["reason"] as? String, "token.revoked")
    let entry = try XCTUnwrap(said["revocation"] as? [String: Any])
    XCTAssertEqual(entry["axis"] as? String, "token")
    XCTAssertEqual(entry["by"] as? String, "an administrator")
    let again = try deployment.command(["token", "revoke"], input: token)
    XCTAssertEqual(again.exitCode, 1)
    XCTAssertTrue(again.errors.contains("token.revoked"), again.errors)
    XCTAssertFalse(deployment.log.contains(String(token.suffix(40))), "no token in the log")
  }

  func testAllTokensOfAClientOrASubjectAreRevokedAndNewOnesAreGood() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    for option in ["--client", "--subject"] {
      let before = try ["app", "app-uuid"].map { try deployment.token($0) }
      let other = try deployment.token("app-rs256")
      for (client, token) in zip(["app", "app-uuid"], before) {
        // Used before, so that what is remembered is put to the test.
        XCTAssertEqual(try caller.get("/api/x", token: token).status, 200)
        let result = try deployment.command(["token", "revoke", option, client])
        XCTAssertEqual(result.exitCode, 0, result.errors)
        XCTAssertEqual(try caller.get("/api/x", token: token).status, 401, client)
        // In the same second, most of the time.
        let after = try deployment.token(client)
        XCTAssertEqual(try caller.get("/api/x", token: after).status, 200, client)
      }
      XCTAssertEqual(try caller.get("/api/x", token: other).status, 200)
    }
    let signed = try deployment.token()
    let gid = try XCTUnwrap(
      (inspect(signed, deployment)["claims"] as? [String: Any])?["gid"] as? String)
    XCTAssertEqual(try deployment.command(["token", "revoke", "--grant", gid]).exitCode, 0)
    XCTAssertEqual(try caller.get("/api/x", token: signed).status, 401)
    XCTAssertEqual(
      try deployment.command(["token", "revoke", "--grant", gid, "--client", "app"]).exitCode, 2)
  }

  func testTheTokensInStorageAreListedWithoutSecrets() throws {
    let deployment = try Deployment()
    let tokens = try (0..<3).map { _ in try deployment.token("app-uuid") }
    _ = try deployment.caller().revoke(tokens[0], as: "app-uuid")
    for option in ["--client", "--subject"] {
      let result = try deployment.command(["token", "list", option, "app-uuid", "--json"])
      let list = try XCTUnwrap(json(result)["tokens"] as? [[String: Any]])
      XCTAssertEqual(list.count, 2)
      XCTAssertEqual(list.first?["client"] as? String, "app-uuid")
      XCTAssertEqual(list.first?["scope"] as? String, "api.read")
      for token in tokens { XCTAssertFalse(result.output.contains(token.prefix(20))) }
    }
    let first = try deployment.command(["token", "list", "--client", "app-uuid", "--limit", "1"])
    XCTAssertTrue(first.errors.contains("raise --limit"), first.errors)
    XCTAssertEqual(try deployment.command(["token", "list"]).exitCode, 2)
    let none = try deployment.command(["token", "list", "--client", "app", "--json"])
    XCTAssertEqual(try (json(none)["tokens"] as? [Any])?.count, 0, "signed ones are nowhere")
  }

  func testADeletedClientsTokensAreRevokedWithIt() throws {
    let deployment = try Deployment()
    let caller = try deployment.caller()
    let made = try json(
      deployment.command([
        "client", "create", "gone", "--grant-type", "client_credentials", "--scope", "api.read",
        "--json",
      ]))
    let secret = try XCTUnwrap(made["secret"] as? String)
    let answer = try caller.post(
      "/oauth2/v1/token", form: Deployment.form("gone", secret: secret))
    let token = try answer.string("access_token")
    XCTAssertEqual(try caller.get("/api/x", token: token).status, 200)
    XCTAssertEqual(try deployment.command(["client", "delete", "gone"]).exitCode, 0)
    XCTAssertEqual(try caller.get("/api/x", token: token).status, 401)
    try deployment.kill()
    try deployment.start()
    XCTAssertEqual(try deployment.caller().get("/api/x", token: token).status, 401)
  }
}
