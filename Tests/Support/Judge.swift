import Foundation

/// A JOSE library of another language, which knows nothing of this code.
///
/// Its virtual environment is made once for a list of pinned packages, outside the checkout.
package enum Judge {
  /// A token that the judge accepted.
  package struct Verdict {
    package let header: [String: Any]
    package let claims: [String: Any]
  }

  /// Verifies with joserfc and PyJWT alike; throws with their reason.
  package static func verify(_ token: String, jwks: String) throws -> Verdict {
    let answer = try ask(["do": "verify", "token": token, "jwks": jwks])
    guard let header = answer["header"] as? [String: Any],
      let claims = answer["claims"] as? [String: Any]
    else { throw Problem("the judge says \(answer)") }
    return Verdict(header: header, claims: claims)
  }

  /// A key pair as JWKs: `private`, and `jwks` with the package half.
  package static func key(_ algorithm: String, id: String) throws -> (private: String, jwks: String)
  {
    let answer = try ask(["do": "key", "algorithm": algorithm, "id": id])
    guard let key = answer["private"] as? String, let jwks = answer["jwks"] as? String else {
      throw Problem("the judge says \(answer)")
    }
    return (key, jwks)
  }

  /// Signs each of the claims objects with a private key under that header.
  package static func sign(
    _ claims: [[String: Any]], header: [String: Any], key: String
  ) throws -> [String] {
    let answer = try ask(["do": "sign", "claims": claims, "header": header, "key": key])
    return answer["tokens"] as? [String] ?? []
  }

  /// Signs a payload with each private or secret JWK, by joserfc and, where it can, PyJWT.
  package static func signJWS(
    _ payload: String, _ keys: [(algorithm: String, jwk: String)]
  ) throws -> [String] {
    let answer = try ask([
      "do": "jws_sign", "payload": payload, "algorithms": keys.map(\.algorithm),
      "keys": keys.map(\.jwk),
    ])
    return answer["tokens"] as? [String] ?? []
  }

  /// The payload of each token under its JWK, and the thumbprint that joserfc makes of that.
  package static func verifyJWS(
    _ tokens: [(token: String, jwk: String)]
  ) throws -> [(payload: String, thumbprint: String)] {
    let answer = try ask([
      "do": "jws_verify", "tokens": tokens.map(\.token), "keys": tokens.map(\.jwk),
    ])
    let payloads = answer["payloads"] as? [String] ?? []
    return Array(zip(payloads, answer["thumbprints"] as? [String] ?? []))
  }

  /// What joserfc reads in each JWE with its private or secret JWK, and that encrypted by it.
  package static func exchangeJWE(
    _ tokens: [(token: String, jwk: String)]
  ) throws -> [(content: String, token: String)] {
    let answer = try ask([
      "do": "jwe", "tokens": tokens.map(\.token), "keys": tokens.map(\.jwk),
    ])
    let contents = answer["contents"] as? [String] ?? []
    return Array(zip(contents, answer["tokens"] as? [String] ?? []))
  }

  /// Bad copies of a good token, by the name of what is wrong with them.
  package static func forgeries(of token: String, jwks: String) throws -> [String: String] {
    let answer = try ask(["do": "forge", "token": token, "jwks": jwks])
    return answer["tokens"] as? [String: String] ?? [:]
  }

  /// Asks one of the scripts beside this, in JSON.
  package static func ask(
    _ question: [String: Any], of name: String = "judge.py"
  ) throws -> [String: Any] {
    let text = String(decoding: try JSONSerialization.data(withJSONObject: question), as: UTF8.self)
    let script = Program.support.appendingPathComponent("Python/\(name)").path
    let result = try execute(try python(), [script], input: text)
    guard result.exitCode == 0 else { throw Problem("the judge refuses: \(result.errors)") }
    let answer = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return answer as? [String: Any] ?? [:]
  }

  /// The interpreter of the environment, which is made if it is not there yet.
  package static func python() throws -> String { try interpreter.get() }

  private static let interpreter = Result { try makeEnvironment() }

  private static func makeEnvironment() throws -> String {
    let lock = Program.support.appendingPathComponent("Python/requirements.txt")
    let pinned = try Data(contentsOf: lock)
    let name = pinned.reduce(UInt64(14_695_981_039_346_656_037)) {
      ($0 ^ UInt64($1)) &* 1_099_511_628_211
    }
    let folder = "\(NSTemporaryDirectory())/sallyport-judge-\(getuid())-\(name)"
    let python = "\(folder)/bin/python"
    let guardian = open("\(folder).lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    defer { close(guardian) }
    flock(guardian, LOCK_EX)
    guard !FileManager.default.fileExists(atPath: "\(folder)/complete") else { return python }
    // What an interrupted run left behind is made anew.
    try? FileManager.default.removeItem(atPath: folder)
    let settings = ProcessInfo.processInfo.environment.filter { $0.key.hasPrefix("PIP_") }
    for command in [
      ["python3", "-m", "venv", folder],
      [python, "-m", "pip", "install", "--quiet", "--requirement", lock.path],
    ] {
      let result = try execute(
        command[0], Array(command.dropFirst()), environment: settings, within: 300)
      guard result.exitCode == 0 else { throw Problem("\(command): \(result.errors)") }
    }
    try Data().write(to: URL(fileURLWithPath: "\(folder)/complete"))
    return python
  }
}
