import Cryptography
import Diagnostics
import JOSE
import XCTest

/// Objects printed in the RFCs: what is decrypted, and what is refused by its name.
final class JWEVectorTests: XCTestCase {
  private func text(_ decrypter: JWEDecrypter, _ token: String) throws -> String {
    String(decoding: try decrypter.decrypt(Array(token.utf8)).plaintext, as: UTF8.self)
  }

  private func pair(
    _ key: String, _ keyManagement: JWEKeyManagement, _ contentEncryption: JWEContentEncryption
  ) throws -> JWEDecrypter {
    try JWEDecrypter(
      ExampleKey.pair(key), keyManagement: [keyManagement], contentEncryption: [contentEncryption])
  }

  private func shared(
    _ key: String, _ keyManagement: JWEKeyManagement, _ contentEncryption: JWEContentEncryption
  ) throws -> JWEDecrypter {
    try JWEDecrypter(
      sharing: ExampleKey.shared(key), keyManagement: [keyManagement],
      contentEncryption: [contentEncryption])
  }

  func testRFC7516() throws {
    XCTAssertEqual(
      try text(pair(RFCVectorsJWE.rsaKey, .rsaOAEP, .a256GCM), RFCVectorsJWE.rsaOAEP),
      "The true sign of intelligence is not knowledge but imagination.")
    XCTAssertEqual(
      try text(shared(RFCVectorsJWE.sharedKey, .a128KW, .a128CBCHS256), RFCVectorsJWE.keyWrap),
      "Live long and prosper.")
  }

  func testRFC7520() throws {
    typealias Vectors = CookbookJWE
    let table: [(JWEDecrypter, String)] = [
      (try pair(Vectors.rsaOAEPKey, .rsaOAEP, .a256GCM), Vectors.rsaOAEP),
      (try pair(Vectors.agreementWrapKey, .ecdhESA128KW, .a128GCM), Vectors.agreementWrap),
      (try pair(Vectors.agreementKey, .ecdhES, .a128CBCHS256), Vectors.agreement),
      (try shared(Vectors.directKey, .direct, .a128GCM), Vectors.direct),
      (try shared(Vectors.gcmKeyWrapKey, .a256GCMKW, .a128CBCHS256), Vectors.gcmKeyWrap),
      (try shared(Vectors.keyWrapKey, .a128KW, .a128GCM), Vectors.keyWrap),
    ]
    for (decrypter, token) in table {
      XCTAssertEqual(try text(decrypter, token), CookbookJWE.plaintext)
    }
  }

  func testRSA1_5OfTheRFCsIsRefused() throws {
    let mine = try pair(RFCVectorsJWE.rsaKey, .rsaOAEP, .a128CBCHS256)
    assertJWERefused(.algorithm("RSA1_5")) { try text(mine, RFCVectorsJWE.rsa15) }
    let other = try pair(CookbookJWE.rsa15Key, .rsaOAEP256, .a128CBCHS256)
    assertJWERefused(.algorithm("RSA1_5")) { try text(other, CookbookJWE.rsa15) }
  }

  func testCompressedContentOfTheRFCIsRefused() throws {
    let decrypter = try shared(CookbookJWE.keyWrapKey, .a128KW, .a128GCM)
    assertJWERefused(.compressed) { try text(decrypter, CookbookJWE.compressed) }
  }

  func testJSONSerializationsOfTheRFCAreRefused() throws {
    let decrypter = try shared(CookbookJWE.keyWrapKey, .a128KW, .a128GCM)
    for object in CookbookJSONSerializations.all {
      XCTAssertThrowsError(try text(decrypter, object)) {
        // Names with dots inside may make five parts of one, but none of them is base64url.
        let code = ($0 as? JWEError)?.code
        XCTAssertTrue(code == .jweSegments || code == .jweBase64URL, "\($0)")
      }
    }
  }

  /// RFC 7518 appendix C: Bob derives the key that both agree on, and with it opens the content.
  func testRFC7518KeyAgreement() throws {
    let bob = """
      {"kty":"EC","crv":"P-256","x":"weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",
       "y":"e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck",
       "d":"VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw"}
      """
    let header = """
      {"alg":"ECDH-ES","enc":"A128GCM","apu":"QWxpY2U","apv":"Qm9i",
       "epk":{"kty":"EC","crv":"P-256","x":"gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0",
       "y":"SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps"}}
      """
    let agreed = try XCTUnwrap(Base64.url.decode("VqqN6vgjbSBcIijNcacQGg"))
    let token = try EncryptedText.token(header, "hello", key: agreed, .aesGCM(.bits128))
    let decrypter = try pair(bob, .ecdhES, .a128GCM)
    XCTAssertEqual(try decrypter.decrypt(token).plaintext, Array("hello".utf8))
  }
}
