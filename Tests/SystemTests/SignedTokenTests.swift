import Foundation
import Harness
import XCTest

/// What is inside a signed access token (RFC 9068), judged by other people's code.
final class SignedTokenTests: XCTestCase {
  private func jwks(_ deployment: Deployment) throws -> String {
    try deployment.caller().send("GET", "/oauth2/v1/jwks").text
  }

  func testAnotherLibraryVerifiesTheTokensOfBothAlgorithms() throws {
    let deployment = try Deployment()
    for (client, algorithm) in [("app", "ES256"), ("app-rs256", "RS256")] {
      let token = try deployment.token(client, scope: "api.read api.write")
      let verdict = try Judge.verify(token, jwks: try jwks(deployment))
      XCTAssertEqual(verdict.header["alg"] as? String, algorithm)
      XCTAssertEqual(verdict.header["typ"] as? String, "at+jwt")
      XCTAssertEqual(verdict.claims["client_id"] as? String, client)
    }
  }

  func testTheClaimsAreThoseOfTheProfileForAccessTokens() throws {
    let deployment = try Deployment()
    let verdict = try Judge.verify(
      try deployment.token(scope: "api.read api.write"), jwks: try jwks(deployment))
    let claims = verdict.claims
    XCTAssertEqual(claims["iss"] as? String, DeploymentConfig.issuer)
    XCTAssertEqual(claims["aud"] as? String, DeploymentConfig.audience)
    XCTAssertEqual(claims["sub"] as? String, "app")
    XCTAssertEqual(claims["scope"] as? String, "api.read api.write")
    let issued = try XCTUnwrap(claims["iat"] as? Int)
    let expires = try XCTUnwrap(claims["exp"] as? Int)
    XCTAssertEqual(expires - issued, 600)
    XCTAssertLessThan(abs(Double(issued) - Date().timeIntervalSince1970), 30)
    XCTAssertFalse((claims["jti"] as? String ?? "").isEmpty)
    XCTAssertFalse((claims["gid"] as? String ?? "").isEmpty)
  }

  func testNoTwoTokensAreTheSame() throws {
    let deployment = try Deployment()
    let ids = try (0..<5).map { _ in
      try JSONSerialization.jsonObject(
        with: base64url(try deployment.token().split(separator: ".")[1])) as? [String: Any]
    }.compactMap { $0?["jti"] as? String }
    XCTAssertEqual(Set(ids).count, 5)
  }

  func testTheJudgeRefusesWhatIsForged() throws {
    let deployment = try Deployment()
    let jwks = try jwks(deployment)
    let forgeries = try Judge.forgeries(of: try deployment.token(), jwks: jwks)
    let forged = try XCTUnwrap(forgeries["one bit of the signature"])
    XCTAssertThrowsError(try Judge.verify(forged, jwks: jwks))
  }

  func testOpenSSLVerifiesBothAlgorithmsByHand() throws {
    let deployment = try Deployment()
    let keys = try deployment.caller().send("GET", "/oauth2/v1/jwks").json["keys"]
    let jwks = try XCTUnwrap(keys as? [[String: String]])
    for client in ["app", "app-rs256"] {
      let parts = try deployment.token(client).split(separator: ".").map(String.init)
      let header = try JSONSerialization.jsonObject(with: base64url(parts[0])) as? [String: String]
      let jwk = try XCTUnwrap(jwks.first { $0["kid"] == header?["kid"] })
      let scratch = try ScratchFolder()
      try scratch.write("key.der", [UInt8](PublicKeyInfo.der(jwk)))
      try scratch.write("signed", parts[0] + "." + parts[1])
      let raw = [UInt8](base64url(parts[2]))
      let signature = jwk["kty"] == "EC" ? PublicKeyInfo.ecdsaSignature(raw) : raw
      try scratch.write("signature", signature)
      let arguments = [
        "dgst", "-sha256", "-verify", scratch.path("key.der"), "-keyform", "DER", "-signature",
        scratch.path("signature"),
      ]
      let good = try execute("openssl", arguments + [scratch.path("signed")])
      XCTAssertEqual(good.line, "Verified OK", "\(client): \(good.errors)")
      try scratch.write("signed", parts[0] + "." + parts[1] + "x")
      XCTAssertNotEqual(try execute("openssl", arguments + [scratch.path("signed")]).exitCode, 0)
    }
  }
}

/// DER by hand, so that OpenSSL can read what a JWK Set says.
private enum PublicKeyInfo {
  static func der(_ jwk: [String: String]) -> Data {
    let number = { (name: String) in [UInt8](base64url(jwk[name] ?? "")) }
    guard jwk["kty"] == "RSA" else {
      let ecPublicKey: [UInt8] = [0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01]
      let p256: [UInt8] = [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]
      let point = [0x00, 0x04] + number("x") + number("y")
      return Data(tagged(0x30, tagged(0x30, ecPublicKey + p256) + tagged(0x03, point)))
    }
    let rsaEncryption: [UInt8] = [
      0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
    ]
    let key = tagged(0x30, integer(number("n")) + integer(number("e")))
    return Data(tagged(0x30, tagged(0x30, rsaEncryption) + tagged(0x03, [0x00] + key)))
  }

  /// `r` and `s` side by side, as JOSE writes them, to the sequence that OpenSSL reads.
  static func ecdsaSignature(_ raw: [UInt8]) -> [UInt8] {
    let half = raw.count / 2
    return tagged(0x30, integer(Array(raw[..<half])) + integer(Array(raw[half...])))
  }

  private static func integer(_ bytes: [UInt8]) -> [UInt8] {
    let trimmed = Array(bytes.drop { $0 == 0 })
    return tagged(0x02, (trimmed.first.map { $0 >= 0x80 } ?? true) ? [0] + trimmed : trimmed)
  }

  private static func tagged(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    let count = content.count
    switch count {
    case 0..<0x80: return [tag, UInt8(count)] + content
    case 0x80..<0x100: return [tag, 0x81, UInt8(count)] + content
    default: return [tag, 0x82, UInt8(count >> 8), UInt8(count & 0xff)] + content
    }
  }
}
