import Foundation
import Harness
import XCTest

/// `sallyport jose`, with other people's libraries and OpenSSL's command on the other side.
final class JOSECommandTests: XCTestCase {
  private static let algorithms = [
    "ES256", "ES384", "ES512", "ES256K", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512",
    "EdDSA", "Ed25519", "Ed448", "HS256", "HS384", "HS512",
  ]
  private let payload = #"{"iss":"https://issuer.example","aud":["api"],"exp":9999999999}"#

  @discardableResult
  private func jose(_ arguments: String..., input: String = "") throws -> CommandResult {
    try execute(Program.sallyport, ["jose"] + arguments, input: input)
  }

  /// A key for each algorithm: the files of the key itself and of what verifies, and both texts.
  private struct Key {
    let algorithm: String
    let file: String
    let verifying: String
    let jwk: String
  }

  private func keys(_ scratch: ScratchFolder) throws -> [Key] {
    // One RSA key serves its six algorithms: making one takes long.
    let rsa = try jose("key-new", "--type", "RSA").line
    return try Self.algorithms.map { algorithm in
      let isRSA = ["RS", "PS"].contains(algorithm.prefix(2))
      let text = isRSA ? rsa : try jose("key-new", "--alg", algorithm).line
      try scratch.write("\(algorithm).jwk", text)
      let file = scratch.path("\(algorithm).jwk")
      guard !algorithm.hasPrefix("HS") else {
        return Key(algorithm: algorithm, file: file, verifying: file, jwk: text)
      }
      let set = try jose("jwks", file)
      XCTAssertEqual(set.exitCode, 0, set.errors)
      XCTAssertFalse(set.output.contains(#""d":"#), "a public set has no private part")
      try scratch.write("\(algorithm).jwks", set.output)
      return Key(
        algorithm: algorithm, file: file, verifying: scratch.path("\(algorithm).jwks"), jwk: text)
    }
  }

  func testTwoOtherLibrariesVerifyEveryAlgorithm() throws {
    let scratch = try ScratchFolder()
    let keys = try keys(scratch)
    let tokens = try keys.map { key in
      let signed = try jose(
        "sign", "--key", key.file, "--alg", key.algorithm, "--typ", "JWT", input: payload)
      XCTAssertEqual(signed.exitCode, 0, signed.errors)
      return (token: signed.line, jwk: key.jwk)
    }
    let read = try Judge.verifyJWS(tokens)
    XCTAssertEqual(read.map(\.payload), keys.map { _ in payload })
    for (key, read) in zip(keys, read) {
      XCTAssertTrue(key.jwk.contains(#""kid":"\#(read.thumbprint)""#), key.algorithm)
    }
  }

  func testEveryAlgorithmOfTwoOtherLibrariesIsVerified() throws {
    let scratch = try ScratchFolder()
    let keys = try keys(scratch)
    let tokens = try Judge.signJWS(payload, keys.map { ($0.algorithm, $0.jwk) })
    XCTAssertEqual(tokens.count, 2 * keys.count - 2, "PyJWT has no name of its own for two curves")
    for token in tokens {
      let header = try JSONSerialization.jsonObject(
        with: base64url(try XCTUnwrap(token.split(separator: ".").first)))
      let name = (header as? [String: Any])?["alg"] as? String
      let key = try XCTUnwrap(keys.first { $0.algorithm == name })
      let verified = try jose("verify", "--jwks", key.verifying, input: token + "\n")
      XCTAssertEqual(verified.exitCode, 0, verified.errors)
      XCTAssertEqual(verified.output, payload)
      let other = try XCTUnwrap(keys.first { $0.algorithm != name })
      let refused = try jose("verify", "--jwks", other.verifying, input: token)
      XCTAssertEqual(refused.exitCode, 1)
      XCTAssertEqual(refused.output, "")
    }
  }

  // MARK: - OpenSSL's command

  func testOpenSSLVerifiesWhatIsSignedWithItsKeys() throws {
    let scratch = try ScratchFolder()
    for (algorithm, made, options) in [
      ("RS256", ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"], [String]()),
      ("PS384", ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"], Self.pss),
      ("EdDSA", ["ED25519"], []),
    ] {
      try OpenSSL.run(["genpkey", "-out", scratch.path("key.pem"), "-algorithm"] + made)
      try OpenSSL.run(
        ["pkey", "-in", scratch.path("key.pem"), "-pubout", "-out", scratch.path("public.pem")])
      let signed = try jose(
        "sign", "--key", scratch.path("key.pem"), "--alg", algorithm, input: payload)
      let parts = signed.line.split(separator: ".").map(String.init)
      XCTAssertEqual(parts.count, 3, signed.errors)
      try scratch.write("signature", [UInt8](base64url(parts[2])))
      try scratch.write("signed", parts[0] + "." + parts[1])
      let digest = algorithm == "EdDSA" ? [] : ["-digest", "sha\(algorithm.suffix(3))"] + options
      let result = try execute(
        "openssl",
        [
          "pkeyutl", "-verify", "-pubin", "-inkey", scratch.path("public.pem"), "-rawin", "-in",
          scratch.path("signed"), "-sigfile", scratch.path("signature"),
        ] + digest)
      XCTAssertEqual(result.exitCode, 0, "\(algorithm): \(result.errors)")
      let verified = try jose(
        "verify", "--jwks", scratch.path("public.pem"), "--alg", algorithm, input: signed.output)
      XCTAssertEqual(verified.output, payload, verified.errors)
    }
  }

  func testWhatOpenSSLSignsIsVerified() throws {
    let scratch = try ScratchFolder()
    for (algorithm, type, options) in [
      ("RS512", "RSA", [String]()), ("PS256", "RSA", Self.pss), ("Ed448", "Ed448", []),
    ] {
      let made = try jose("key-new", "--type", type, "--pem", "--out", scratch.path(algorithm))
      XCTAssertEqual(made.exitCode, 0, made.errors)
      try OpenSSL.run(
        ["pkey", "-in", scratch.path(algorithm), "-pubout", "-out", scratch.path("public.pem")])
      let input =
        unpadded(#"{"alg":"\#(algorithm)","kid":"theirs"}"#) + "." + unpadded(payload)
      try scratch.write("signed", input)
      let digest = type == "Ed448" ? [] : ["-digest", "sha\(algorithm.suffix(3))"] + options
      try OpenSSL.run(
        [
          "pkeyutl", "-sign", "-inkey", scratch.path(algorithm), "-rawin", "-in",
          scratch.path("signed"), "-out", scratch.path("signature"),
        ] + digest)
      let signature = try Data(contentsOf: URL(fileURLWithPath: scratch.path("signature")))
      let verified = try jose(
        "verify", "--jwks", scratch.path("public.pem"),
        input: input + "." + unpadded([UInt8](signature)))
      XCTAssertEqual(verified.output, payload, "\(algorithm): \(verified.errors)")
    }
  }

  private static let pss = [
    "-pkeyopt", "rsa_padding_mode:pss", "-pkeyopt", "rsa_pss_saltlen:digest",
  ]

  // MARK: - Refusals

  func testTheReasonIsOnStandardErrorAndNothingOnStandardOutput() throws {
    let scratch = try ScratchFolder()
    let key = scratch.path("key")
    try jose("key-new", "--alg", "ES256", "--out", key)
    let jwks = scratch.path("jwks")
    try scratch.write("jwks", try jose("jwks", key).output)
    let token = try jose("sign", "--key", key, input: payload).line
    let parts = token.split(separator: ".").map(String.init)
    let table: [(String, [String], String)] = [
      ("", [], "jws.segments"), (token + ".x", [], "jws.segments"),
      (token + "=", [], "jws.base64url"), (" " + token, [], "jws.base64url"),
      (unpadded(#"{"alg":"none"}"#) + "." + parts[1] + ".", [], "jws.alg_none"),
      (unpadded(#"{"alg":"HS256"}"#) + "." + parts[1] + "." + parts[2], [], "jws.algorithm"),
      (unpadded(#"{"alg":"ES256","crit":["b64"]}"#) + ".e30.AA", [], "jws.crit"),
      (parts[0] + ".e30." + parts[2], [], "jws.signature"),
      (token, ["--alg", "RS256,PS256"], "jws.algorithm"),
      (token, ["--issuer", "https://other.example"], "jwt.unexpected"),
      (token, ["--audience", "ap"], "jwt.unexpected"),
      (token, ["--typ", "at+jwt"], "jwt.unexpected"),
      (token, ["--require", "jti"], "jwt.unexpected"),
    ]
    for (input, options, code) in table {
      let result = try execute(
        Program.sallyport, ["jose", "verify", "--jwks", jwks] + options, input: input)
      XCTAssertEqual(result.exitCode, 1, code)
      XCTAssertEqual(result.output, "", code)
      XCTAssertTrue(result.errors.hasPrefix("sallyport: \(code): "), "\(code): \(result.errors)")
      XCTAssertTrue(result.errors.contains("; "), "what to do: \(result.errors)")
    }
    let good = try jose(
      "verify", "--jwks", jwks, "--alg", "ES256", "--issuer", "https://issuer.example",
      "--audience", "api", "--require", "exp,iss", input: token)
    XCTAssertEqual(good.output, payload, good.errors)
    let old = try jose("sign", "--key", key, input: #"{"exp":1}"#).line
    XCTAssertEqual(try jose("verify", "--jwks", jwks, input: old).exitCode, 0)
    XCTAssertTrue(
      try jose("verify", "--jwks", jwks, "--claims", input: old).errors.contains("jwt.expired"))
  }

  func testKeysOfTheWrongKindAreRefused() throws {
    let scratch = try ScratchFolder()
    try jose("key-new", "--alg", "ES256", "--out", scratch.path("private"))
    try jose("key-new", "--alg", "HS256", "--out", scratch.path("secret"))
    let jwks = try jose("jwks", scratch.path("private")).output
    try scratch.write("public", jwks)
    let secret = try scratch.read("secret").trimmingCharacters(in: .newlines)
    try scratch.write("mixed", #"{"keys":[\#(secret),"# + jwks.dropFirst(#"{"keys":["#.count))
    try scratch.write("weak", #"{"kty":"oct","k":"AAAA","alg":"HS256"}"#)
    let signed = try jose("sign", "--key", scratch.path("private"), input: payload).line
    for (arguments, reason) in [
      (["verify", "--jwks", scratch.path("private")], "is a private key"),
      (["verify", "--jwks", scratch.path("mixed")], "jwk.mixed"),
      (["verify", "--jwks", scratch.path("weak")], "jwk.unfit"),
      (["verify", "--jwks", scratch.path("secret")], "jws.algorithm"),
      (["verify", "--jwks", scratch.path("nothing")], "cannot open"),
      (["sign", "--key", scratch.path("public")], "is a public key"),
      (["jwks", scratch.path("secret")], "is a secret key"),
      (["jwks", scratch.path("private"), scratch.path("public")], "jwk.duplicate_kid"),
    ] {
      let result = try execute(Program.sallyport, ["jose"] + arguments, input: signed)
      XCTAssertEqual(result.exitCode, 1, reason)
      XCTAssertTrue(result.errors.contains(reason), result.errors)
      XCTAssertFalse(result.errors.contains(secret), "no message shows a secret")
    }
    for arguments in [
      ["verify"], ["verify", "--jwks", "x", "--alg", "none"], ["sign"],
      ["sign", "--key", scratch.path("private"), "--alg", "RS256"], ["key-new"],
      ["key-new", "--type", "P-512"], ["key-new", "--type", "oct"],
      ["key-new", "--alg", "ES256", "--type", "P-384"], ["key-new", "--alg", "RSA1_5"],
      ["key-new", "--type", "RSA", "--bits", "1024"],
    ] {
      let result = try execute(Program.sallyport, ["jose"] + arguments, input: "x")
      XCTAssertEqual(result.exitCode, 2, "\(arguments): \(result.errors)")
    }
  }

  func testANewKeysFileIsItsOwnersAndNothingIsOverwritten() throws {
    let scratch = try ScratchFolder()
    let path = scratch.path("key")
    XCTAssertEqual(try jose("key-new", "--alg", "Ed25519", "--out", path).output, "")
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    XCTAssertEqual(attributes[.posixPermissions] as? Int, 0o600)
    let before = try scratch.read("key")
    let again = try jose("key-new", "--alg", "Ed25519", "--out", path)
    XCTAssertEqual(again.exitCode, 1)
    XCTAssertEqual(try scratch.read("key"), before)
  }
}

private enum OpenSSL {
  static func run(_ arguments: [String]) throws {
    let result = try execute("openssl", arguments)
    guard result.exitCode == 0 else { throw Problem("openssl \(arguments): \(result.errors)") }
  }
}

private func unpadded(_ text: String) -> String { unpadded(Array(text.utf8)) }

private func unpadded(_ bytes: [UInt8]) -> String {
  Data(bytes).base64EncodedString().replacingOccurrences(of: "+", with: "-")
    .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
}
