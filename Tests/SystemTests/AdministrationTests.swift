import Foundation
import Harness
import XCTest

/// The commands on a running instance, over its admin socket.
final class AdministrationTests: XCTestCase {
  private func json(_ result: CommandResult) throws -> [String: Any] {
    guard result.exitCode == 0 else { throw Problem("\(result.exitCode): \(result.errors)") }
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return try XCTUnwrap(object as? [String: Any])
  }

  private func create(_ deployment: Deployment, _ id: String) throws -> String {
    let result = try deployment.command([
      "client", "create", id, "--grant-type", "client_credentials", "--scope", "api.read", "--json",
    ])
    return try XCTUnwrap(try json(result)["secret"] as? String)
  }

  private func status(_ deployment: Deployment, _ id: String, _ secret: String) throws -> Int {
    try deployment.caller().post(
      "/oauth2/v1/token", form: Deployment.form(id, secret: secret)
    ).status
  }

  func testACreatedClientGetsTokensUntilItIsDeleted() throws {
    let deployment = try Deployment()
    let secret = try create(deployment, "made")
    XCTAssertGreaterThanOrEqual(secret.count, 22)
    XCTAssertEqual(try status(deployment, "made", secret), 200)
    XCTAssertEqual(try status(deployment, "made", secret + "x"), 401)
    let list = try deployment.command(["client", "list", "--json"])
    XCTAssertTrue(list.output.contains("\"made\""), list.output + list.errors)
    XCTAssertFalse(list.output.contains(secret))
    XCTAssertEqual(try deployment.command(["client", "delete", "made"]).exitCode, 0)
    XCTAssertEqual(try status(deployment, "made", secret), 401)
  }

  func testACreatedClientOutlivesARestart() throws {
    let deployment = try Deployment()
    let secret = try create(deployment, "made")
    try deployment.stop()
    try deployment.start()
    XCTAssertEqual(try status(deployment, "made", secret), 200)
  }

  func testACreatedClientOutlivesANewMasterKeyPutBeforeTheOldOne() throws {
    let deployment = try Deployment()
    let secret = try create(deployment, "made")
    try deployment.stop()
    try deployment.folder.write("newer.key", (0..<32).map { _ in UInt8.random(in: 0...255) })
    try deployment.write(
      DeploymentConfig.standard.with(
        "keys", #"{ master: [{ file: "newer.key" }, { file: "master.key" }] }"#))
    try deployment.start()
    XCTAssertEqual(try status(deployment, "made", secret), 200)
  }

  func testBothSecretsAreGoodDuringTheOverlapAndThenOnlyTheNewOne() throws {
    let deployment = try Deployment()
    let old = try create(deployment, "made")
    let rotation = try deployment.command([
      "client", "rotate-secret", "made", "--overlap", "3s", "--json",
    ])
    let new = try XCTUnwrap(try json(rotation)["secret"] as? String)
    XCTAssertNotEqual(new, old)
    XCTAssertEqual(try status(deployment, "made", old), 200)
    XCTAssertEqual(try status(deployment, "made", new), 200)
    try eventually(until: "the old secret ended") { try status(deployment, "made", old) == 401 }
    XCTAssertEqual(try status(deployment, "made", new), 200)
  }

  func testWithoutAnOverlapTheOldSecretEndsAtOnce() throws {
    let deployment = try Deployment()
    let old = try create(deployment, "made")
    let rotation = try deployment.command(["client", "rotate-secret", "made", "--json"])
    let new = try XCTUnwrap(try json(rotation)["secret"] as? String)
    XCTAssertEqual(try status(deployment, "made", old), 401)
    XCTAssertEqual(try status(deployment, "made", new), 200)
  }

  func testMistakesAreNamed() throws {
    let deployment = try Deployment()
    _ = try create(deployment, "made")
    let wrong: [([String], Int32)] = [
      (["client", "show", "nobody"], 1), (["client", "delete", "nobody"], 1),
      (["client", "create", "made", "--grant-type", "client_credentials"], 1),
      (["client", "create", "other"], 1),
      (["client", "create", "other", "--grant-type", "password"], 1),
      (["client", "create", "other", "--grant-type", "client_credentials", "--scope", "no"], 1),
      (["client", "rotate-secret", "made", "--overlap", "x"], 2),
      (["client", "paint", "made"], 2), (["client", "list", "--colour"], 2),
      (["client", "create", "other", "--public=false"], 2),
    ]
    for (arguments, code) in wrong {
      let result = try deployment.command(arguments)
      XCTAssertEqual(result.exitCode, code, "\(arguments): \(result.errors)")
      XCTAssertTrue(result.errors.hasPrefix("sallyport: "), "\(arguments): \(result.errors)")
    }
  }

  func testACommandWithoutAnInstanceSaysSo() throws {
    let deployment = try Deployment(start: false)
    let result = try deployment.command(["client", "list"])
    XCTAssertEqual(result.exitCode, 1)
    XCTAssertTrue(result.errors.contains("admin.sock"), result.errors)
  }

  func testTheAdminSocketIsForItsOwnerOnly() throws {
    let deployment = try Deployment()
    let attributes = try FileManager.default.attributesOfItem(
      atPath: deployment.folder.path("admin.sock"))
    XCTAssertEqual(attributes[.posixPermissions] as? Int, 0o600)
    // And the listener for the world knows nothing of it.
    for path in ["/admin/v1/clients", "/metrics"] {
      XCTAssertEqual(try deployment.caller().send("GET", path).status, 404)
    }
  }

  func testARotatedKeyIsPublishedBeforeItSignsAndNoVerifierIsSurprised() throws {
    let config = DeploymentConfig.standard.with(
      "keys",
      """
      { master: [{ file: "master.key" }], signing: [{ algorithm: "ES256" }], cacheLifetime: "10s",
        rotation: { publishAhead: "12s" } }
      """
    ).with("clients", "[" + DeploymentConfig.client("app") + "]")
    let deployment = try Deployment(config)
    let caller = try deployment.caller()
    var verifier = CachingVerifier(caller: caller)
    let first = try verifier.keyID(of: try deployment.token())
    let rotation = try deployment.command(["key", "rotate", "--json"])
    XCTAssertEqual(rotation.exitCode, 0, rotation.errors)
    var last = first
    try eventually(upTo: 40, until: "the new key signs") {
      let token = try deployment.token()
      last = try verifier.keyID(of: token)
      XCTAssertEqual(try caller.get("/api/x", token: token).status, 200)
      return last != first
    }
    let jwks = try caller.send("GET", "/oauth2/v1/jwks").text
    XCTAssertTrue(jwks.contains(first), "the old key was withdrawn while its tokens live")
    _ = try Judge.verify(try deployment.token(), jwks: jwks)
    XCTAssertGreaterThan(verifier.fetches, 1)
  }
}

/// Looks a token's key up in a key set that it keeps for exactly as long as the server allows.
private struct CachingVerifier {
  let caller: HTTPCaller
  private(set) var fetches = 0
  private var keys: Set<String> = []
  private var expiry = Date.distantPast

  init(caller: HTTPCaller) { self.caller = caller }

  /// The key's id; throws if the cached set, however old, does not have it.
  mutating func keyID(of token: String) throws -> String {
    if Date() >= expiry { try fetch() }
    let header = try JSONSerialization.jsonObject(
      with: base64url(token.split(separator: ".")[0]))
    guard let id = (header as? [String: Any])?["kid"] as? String, keys.contains(id) else {
      throw Problem("a token by a key that the cached set does not have")
    }
    return id
  }

  private mutating func fetch() throws {
    let answer = try caller.send("GET", "/oauth2/v1/jwks")
    let control = answer["Cache-Control"] ?? ""
    guard let start = control.range(of: "max-age=")?.upperBound,
      let seconds = Double(control[start...].prefix { $0.isNumber })
    else { throw Problem("no max-age: \(control)") }
    expiry = Date().addingTimeInterval(seconds)
    keys = Set(
      (try answer.json["keys"] as? [[String: Any]] ?? []).compactMap { $0["kid"] as? String })
    fetches += 1
  }
}
