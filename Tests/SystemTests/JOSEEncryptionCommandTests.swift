import Foundation
import Harness
import XCTest

/// `sallyport jose encrypt` and `decrypt`, with another library on the other side.
final class JOSEEncryptionCommandTests: XCTestCase {
  private let content = #"{"secret":"grüße"}"#

  @discardableResult
  private func jose(_ arguments: String..., input: String = "") throws -> CommandResult {
    try execute(Program.sallyport, ["jose"] + arguments, input: input)
  }

  /// Key management, key type if not the usual, content encryption.
  private static let algorithms: [(alg: String, type: String?, enc: String)] = [
    ("RSA-OAEP", nil, "A128GCM"), ("RSA-OAEP-256", nil, "A256CBC-HS512"),
    ("ECDH-ES", nil, "A256GCM"), ("ECDH-ES", "X25519", "A128CBC-HS256"),
    ("ECDH-ES+A128KW", "P-384", "A192GCM"), ("ECDH-ES+A192KW", "P-521", "A192CBC-HS384"),
    ("ECDH-ES+A256KW", "X448", "A256GCM"), ("A128KW", nil, "A128GCM"), ("A192KW", nil, "A256GCM"),
    ("A256KW", nil, "A128CBC-HS256"), ("A128GCMKW", nil, "A256GCM"),
    ("A192GCMKW", nil, "A192GCM"), ("A256GCMKW", nil, "A128GCM"),
    ("dir", nil, "A256GCM"),
  ]

  func testAnotherLibraryReadsAndWritesEveryAlgorithm() throws {
    let scratch = try ScratchFolder()
    var tokens: [(token: String, jwk: String)] = []
    for (index, (alg, type, enc)) in Self.algorithms.enumerated() {
      let options = type.map { ["--type", $0] } ?? []
      let made = try execute(Program.sallyport, ["jose", "key-new", "--alg", alg] + options)
      XCTAssertEqual(made.exitCode, 0, made.errors)
      try scratch.write("\(index)", made.output)
      let isSecret = made.output.contains(#""kty":"oct""#)
      let recipient = isSecret ? made.output : try jose("jwks", scratch.path("\(index)")).output
      try scratch.write("\(index).recipient", recipient)
      let encrypted = try jose(
        "encrypt", "--jwks", scratch.path("\(index).recipient"), "--enc", enc, input: content)
      XCTAssertEqual(encrypted.exitCode, 0, encrypted.errors)
      XCTAssertEqual(
        encrypted.line.split(separator: ".", omittingEmptySubsequences: false).count, 5)
      tokens.append((encrypted.line, made.line))
    }
    let answers = try Judge.exchangeJWE(tokens)
    XCTAssertEqual(answers.map(\.content), tokens.map { _ in content })
    for (index, answer) in answers.enumerated() {
      let read = try jose("decrypt", "--jwks", scratch.path("\(index)"), input: answer.token)
      XCTAssertEqual(read.output, content, "\(Self.algorithms[index]): \(read.errors)")
    }
  }

  func testRefusalsSayWhyAndPrintNothing() throws {
    let scratch = try ScratchFolder()
    for (name, alg) in [("a", "ECDH-ES"), ("b", "ECDH-ES"), ("s", "A128KW"), ("d", "dir")] {
      try jose("key-new", "--alg", alg, "--out", scratch.path(name))
    }
    try scratch.write("a.public", try jose("jwks", scratch.path("a")).output)
    try jose("key-new", "--alg", "ES256", "--out", scratch.path("signs"))
    let token = try jose("encrypt", "--jwks", scratch.path("a.public"), input: content).line
    let altered = token.dropLast(2) + (token.hasSuffix("AA") ? "BA" : "AA")
    for (arguments, input, reason) in [
      (["decrypt", "--jwks", scratch.path("a")], String(altered), "jwe.decryption"),
      (["decrypt", "--jwks", scratch.path("b")], token, "jwe.key_unknown"),
      (["decrypt", "--jwks", scratch.path("s")], token, "jwe.key_unknown"),
      (["decrypt", "--jwks", scratch.path("a"), "--alg", "dir"], token, "jwe.algorithm"),
      (
        ["decrypt", "--jwks", scratch.path("a"), "--enc", "A128GCM"], token,
        "jwe.content_encryption"
      ),
      (["decrypt", "--jwks", scratch.path("a")], "a.b.c", "jwe.segments"),
      (["decrypt", "--jwks", scratch.path("signs")], token, "jwk.unsupported"),
      (["decrypt", "--jwks", scratch.path("a.public")], token, "is a public key"),
      (["encrypt", "--jwks", scratch.path("a")], content, "is a private key"),
      (["encrypt", "--jwks", scratch.path("d"), "--enc", "A128GCM"], content, "say another --enc"),
    ] {
      let result = try execute(Program.sallyport, ["jose"] + arguments, input: input)
      XCTAssertEqual(result.exitCode, 1, reason)
      XCTAssertEqual(result.output, "", reason)
      XCTAssertTrue(result.errors.contains(reason), "\(reason): \(result.errors)")
    }
  }

  func testAPasswordComesFromAFile() throws {
    let scratch = try ScratchFolder()
    try scratch.write("password", "correct horse\n")
    try scratch.write("other", "battery staple\n")
    let token = try jose(
      "encrypt", "--password-file", scratch.path("password"), input: content)
    XCTAssertEqual(token.exitCode, 0, token.errors)
    let read = try jose(
      "decrypt", "--password-file", scratch.path("password"), input: token.output)
    XCTAssertEqual(read.output, content)
    let refused = try jose(
      "decrypt", "--password-file", scratch.path("other"), input: token.output)
    XCTAssertEqual(refused.exitCode, 1)
    XCTAssertTrue(refused.errors.contains("jwe.decryption"), refused.errors)
  }

  /// Signed, then encrypted, as a nested JWT is (RFC 7519 5.2), and both undone in a pipe.
  func testASignedTokenTravelsInside() throws {
    let scratch = try ScratchFolder()
    try jose("key-new", "--alg", "ES256", "--out", scratch.path("signs"))
    try jose("key-new", "--alg", "ECDH-ES", "--out", scratch.path("opens"))
    for name in ["signs", "opens"] {
      try scratch.write("\(name).public", try jose("jwks", scratch.path(name)).output)
    }
    let signed = try jose("sign", "--key", scratch.path("signs"), "--typ", "JWT", input: "{}").line
    let nested = try jose(
      "encrypt", "--jwks", scratch.path("opens.public"), "--cty", "JWT", input: signed)
    let opened = try jose("decrypt", "--jwks", scratch.path("opens"), input: nested.output)
    XCTAssertEqual(opened.output, signed)
    let verified = try jose(
      "verify", "--jwks", scratch.path("signs.public"), "--claims", input: opened.output)
    XCTAssertEqual(verified.output, "{}", verified.errors)
  }
}
