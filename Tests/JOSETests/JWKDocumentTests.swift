import Cryptography
import Diagnostics
import JOSE
import JSON
import XCTest

final class JWKDocumentTests: XCTestCase {
  private func pair(
    _ type: KeyType = .p256, _ keyID: String = "a"
  ) throws -> PrivateJWK { try PrivateJWK(PrivateKey.generate(type), keyID: keyID) }

  private func read(_ objects: JSONObject..., use: JWKUse? = nil) throws -> JWKDocument {
    let document: JSONObject = ["keys": .array(objects.map { .object($0) })]
    return try JWKDocument(parsing: JSONValue.object(document).serialized(), for: use)
  }

  func testKindsAreNotMixed() throws {
    let one = try pair()
    let other = try pair(.ed25519, "b")
    let secret = try SecretJWK(Secret(Random.bytes(32)), keyID: "s").json.reveal()
    let half = one.publicHalf.json
    let whole = try other.json().reveal()
    assertRefused(.mixedKeys) { try read(half, whole) }
    assertRefused(.mixedKeys) { try read(half, secret) }
    assertRefused(.mixedKeys) { try read(whole, secret) }
    // What a mixed key lacks to be read does not matter: its kind is seen first.
    assertRefused(.mixedKeys) { try read(half, ["kty": "oct"]) }
    guard case .publicKeys(let keys) = try read(half, other.publicHalf.json) else {
      return XCTFail()
    }
    XCTAssertEqual(keys.map(\.keyID), ["a", "b"])
    guard case .privateKeys(let keys) = try read(one.json().reveal(), whole) else {
      return XCTFail()
    }
    XCTAssertEqual(keys.count, 2)
    guard case .secrets(let secrets) = try read(secret) else { return XCTFail() }
    XCTAssertEqual(secrets.map(\.keyID), ["s"])
  }

  func testKeyIDsAreUniqueInEachKind() throws {
    let one = try pair()
    let other = try pair(.p384, "a")
    assertRefused(.duplicateKeyID("a")) { try read(one.publicHalf.json, other.publicHalf.json) }
    assertRefused(.duplicateKeyID("a")) {
      try read(one.json().reveal(), other.json().reveal())
    }
    let secret = try SecretJWK(Secret(Random.bytes(32)), keyID: "a").json.reveal()
    assertRefused(.duplicateKeyID("a")) { try read(secret, secret) }
  }

  func testKeysForOtherUsesAreLeftOutOfASetAndRefusedAlone() throws {
    let encryption = try JWK(
      PrivateKey.generate(.x25519).publicKey(), keyID: "e", encryptionAlgorithm: "ECDH-ES")
    XCTAssertEqual(encryption.algorithms, [])
    XCTAssertEqual(encryption.json["use"], "enc")
    let signature = try pair().publicHalf
    guard case .publicKeys(let keys) = try read(signature.json, encryption.json, use: .encryption)
    else { return XCTFail() }
    XCTAssertEqual(keys.map(\.keyID), ["e"])
    guard case .publicKeys(let keys) = try read(signature.json, encryption.json, use: .signature)
    else { return XCTFail() }
    XCTAssertEqual(keys.map(\.keyID), ["a"])
    let alone = JSONValue.object(encryption.json).serialized()
    assertRefused(.unsupportedKey("use enc")) {
      try JWKDocument(parsing: alone, for: .signature)
    }
    assertRefused(.unsupportedKey("X25519")) {
      try JWK(PrivateKey.generate(.x25519).publicKey())
    }
  }

  func testUsesThatContradictEachOtherAreRefused() throws {
    let good = try pair().publicHalf.json
    let expected = JOSEError.ambiguousKey("use, key_ops and alg disagree")
    for members: [(String, JSONValue)] in [
      [("use", "enc"), ("alg", "ES256")], [("use", "enc"), ("key_ops", ["verify"])],
      [("use", "sig"), ("key_ops", ["encrypt"])],
      [("use", "sig"), ("key_ops", ["verify", "wrapKey"])],
      [("alg", "ES256"), ("key_ops", ["deriveKey"])],
    ] {
      var object = good
      for (name, value) in members { object[name] = value }
      for use in [nil, JWKUse.signature, .encryption] {
        assertRefused(expected) { try JWK(object, for: use) }
      }
    }
  }

  func testThumbprintURIs() throws {
    let key = try JWK(try object(Vectors.thumbprintKey))
    XCTAssertEqual(
      key.thumbprints.uri(.sha256),
      "urn:ietf:params:oauth:jwk-thumbprint:sha-256:NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
    XCTAssertEqual(key.thumbprints.text(.sha384).count, 64)
    XCTAssertEqual(key.thumbprints.text(.sha512).count, 86)
    XCTAssertTrue(
      key.thumbprints.uri(.sha512).hasPrefix("urn:ietf:params:oauth:jwk-thumbprint:sha-512:"))
  }
}
