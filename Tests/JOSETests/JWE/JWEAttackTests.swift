import Cryptography
import Diagnostics
import JOSE
import JSON
import XCTest

/// Every way known to us of getting a forged or overweight text past a decrypter with a shared key.
final class JWEAttackTests: XCTestCase {
  private let key = Random.bytes(32)
  private var decrypter: JWEDecrypter!

  override func setUpWithError() throws {
    decrypter = try JWEDecrypter(
      sharing: Secret(key), keyID: "k1", keyManagement: [.direct],
      contentEncryption: [.a256GCM, .a128CBCHS256])
  }

  private func token(_ header: String) throws -> [UInt8] {
    try EncryptedText.token(header, key: key)
  }

  private let header = #"{"alg":"dir","enc":"A256GCM","kid":"k1"}"#

  func testAGoodTokenPasses() throws {
    XCTAssertEqual(try decrypter.decrypt(try token(header)).plaintext, Array("secret".utf8))
    XCTAssertNoThrow(try decrypter.decrypt(try token(#"{"alg":"dir","enc":"A256GCM"}"#)))
  }

  func testForeignAlgorithmsAreRefused() throws {
    for name in [
      "RSA1_5", "RSA-OAEP", "A256KW", "PBES2-HS256+A128KW", "none", "DIR", "dir ", "", "RS256",
      "HS256", "ECDH-ES+A256KW ", "RSA-OAEP-384",
    ] {
      let token = try token(#"{"alg":"\#(name)","enc":"A256GCM"}"#)
      assertJWERefused(.algorithm(name), name) { try decrypter.decrypt(token) }
    }
    for name in ["A128GCM", "A256CBC-HS512"] {
      let token = try token(#"{"alg":"dir","enc":"\#(name)"}"#)
      assertJWERefused(.contentEncryption(name), name) { try decrypter.decrypt(token) }
    }
    for name in ["a256gcm", "none", "", "A256CBC", "A256GCM ", "C20P"] {
      let token = try token(#"{"alg":"dir","enc":"\#(name)"}"#)
      assertJWERefused(.contentEncryption(name), name) { try decrypter.decrypt(token) }
    }
  }

  func testCompressionIsRefusedWhateverItsName() throws {
    for value in [#""DEF""#, #""GZ""#, #""""#, "null", "true", "1"] {
      let token = try token(#"{"alg":"dir","enc":"A256GCM","zip":\#(value)}"#)
      assertJWERefused(.compressed, value) { try decrypter.decrypt(token) }
    }
  }

  func testCriticalExtensionsAreRefused() throws {
    for value in [#"["exp"],"exp":1"#, "[]", "null", #"["zip"]"#, #""alg""#] {
      let token = try token(#"{"alg":"dir","enc":"A256GCM","crit":\#(value)}"#)
      assertJWERefused(.criticalHeader, value) { try decrypter.decrypt(token) }
    }
  }

  func testHeaderParametersAreTyped() throws {
    for (header, name) in [
      (#"{"enc":"A256GCM"}"#, "alg"), (#"{"alg":1,"enc":"A256GCM"}"#, "alg"),
      (#"{"alg":["dir"],"enc":"A256GCM"}"#, "alg"), (#"{"alg":"dir"}"#, "enc"),
      (#"{"alg":"dir","enc":null}"#, "enc"), (#"{"alg":"dir","enc":"A256GCM","kid":1}"#, "kid"),
      (#"{"alg":"dir","enc":"A256GCM","typ":{}}"#, "typ"),
      (#"{"alg":"dir","enc":"A256GCM","cty":[]}"#, "cty"),
    ] {
      let token = try token(header)
      assertJWERefused(.headerParameter(name), header) { try decrypter.decrypt(token) }
    }
  }

  func testMalformedHeadersAreRefused() throws {
    for header in [
      "", "{", "[]", "null", #""dir""#, #"{"alg":"dir","enc":"A256GCM"} x"#,
      #"{"alg":"dir","enc":"A256GCM","enc":"A256GCM"}"#,
      #"{"alg":"dir","enc":"A256GCM","\u0061lg":"RSA1_5"}"#,
      #"{"alg":"dir","enc":"A256GCM","x":{"a":1,"a":2}}"#,
      #"{"alg":"dir","enc":"A256GCM","x":[[[[[[[[[[1]]]]]]]]]]}"#, #"{"alg":"dir",}"#,
    ] {
      let token = try token(header)
      XCTAssertThrowsError(try decrypter.decrypt(token), header) {
        guard case .malformedHeader = $0 as? JWEError else { return XCTFail("\(header): \($0)") }
      }
    }
  }

  func testAnotherKeysNameIsRefusedAndKeysBroughtAlongAreIgnored() throws {
    for name in ["k2", "K1", "", "../k1"] {
      let token = try token(#"{"alg":"dir","enc":"A256GCM","kid":"\#(name)"}"#)
      assertJWERefused(.unknownKey, name) { try decrypter.decrypt(token) }
    }
    let mine = Random.bytes(32)
    let brought = #"{"kty":"oct","k":"\#(Base64.url.encode(mine))"}"#
    let forged = try EncryptedText.token(
      #"{"alg":"dir","enc":"A256GCM","jwk":\#(brought),"jku":"https://evil.example/k"}"#, key: mine)
    assertJWERefused(.decryption) { try decrypter.decrypt(forged) }
  }

  func testSegmentsAreExactlyFive() throws {
    let token = String(decoding: try token(header), as: UTF8.self)
    let signed = String(
      decoding: try Compact.token(
        #"{"alg":"ES256"}"#, "{}", PrivateKey.generate(.p256), .ecdsa(.sha256)), as: UTF8.self)
    for text in [
      "", "abc", signed, token + ".", "." + token, token + ".AAAA", "....." + token,
      #"{"protected":"e30","ciphertext":"AAAA"}"#, String(repeating: ".", count: 1000),
      String(token.prefix(upTo: token.lastIndex(of: ".") ?? token.endIndex)),
    ] {
      assertJWERefused(.segmentCount, text) { try decrypter.decrypt(Array(text.utf8)) }
    }
  }

  func testAnEncryptedTextIsNeverASignedOne() throws {
    let keys = try JWKSet([JWK(PrivateKey.generate(.p256).publicKey())])
    let token = try token(header)
    assertRefused(JOSEError.segmentCount) {
      try VerifiedJWS(verifying: token, with: keys, algorithms: JWSAlgorithm.allCases)
    }
  }

  func testTextThatIsNotCanonicalIsRefused() throws {
    let segments = EncryptedText.segments(try token(header))
    for index in segments.indices {
      for change in ["=", "==", " ", "\n", "\t", "+", "é", "\0", "A"] {
        for altered in [segments[index] + change, change + segments[index]] {
          var copy = segments
          copy[index] = altered
          XCTAssertThrowsError(
            try decrypter.decrypt(EncryptedText.joined(copy)), "\(index) \(change.debugDescription)"
          )
        }
      }
    }
    // The last letter of a 16-byte tag carries four unused bits.
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    for letter in letters where letter != segments[4].last {
      let altered = segments.dropLast() + [segments[4].dropLast() + String(letter)]
      XCTAssertThrowsError(try decrypter.decrypt(EncryptedText.joined(Array(altered))))
    }
  }

  func testEveryByteOfATokenCounts() throws {
    let token = try token(header)
    for index in token.indices {
      var altered = token
      altered[index] = altered[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      XCTAssertThrowsError(try decrypter.decrypt(altered), "byte \(index)")
    }
  }

  func testTruncatedTagsAndVectorsAreRefused() throws {
    let segments = EncryptedText.segments(try token(header))
    let tag = try XCTUnwrap(Base64.url.decode(segments[4]))
    for length in 0..<tag.count {
      var altered = segments
      altered[4] = Base64.url.encode(Array(tag[..<length]))
      assertJWERefused(.segmentLength(.tag)) {
        try decrypter.decrypt(EncryptedText.joined(altered))
      }
    }
    for length in [0, 1, 8, 11, 13, 16] {
      var altered = segments
      altered[2] = Base64.url.encode([UInt8](repeating: 0, count: length))
      assertJWERefused(.segmentLength(.initializationVector)) {
        try decrypter.decrypt(EncryptedText.joined(altered))
      }
    }
  }

  func testAnEncryptedKeyWhereThereIsNoneIsRefused() throws {
    var segments = EncryptedText.segments(try token(header))
    segments[1] = "AAAA"
    assertJWERefused(.segmentLength(.encryptedKey)) {
      try decrypter.decrypt(EncryptedText.joined(segments))
    }
  }

  /// One key of 32 bytes is for both: what one sealed, the other must not open.
  func testContentEncryptionIsNotSwapped() throws {
    for (cipher, name) in [
      (AuthenticatedCipher.aesGCM(.bits256), "A128CBC-HS256"),
      (.aesCBCHMAC(.bits128), "A256GCM"),
    ] {
      let token = try EncryptedText.token(
        #"{"alg":"dir","enc":"\#(name)"}"#, key: key, cipher)
      XCTAssertThrowsError(try decrypter.decrypt(token))
    }
  }

  func testOversizeIsRefusedBeforeAnyWork() throws {
    let long = [UInt8](repeating: UInt8(ascii: "A"), count: CompactJWE.limit + 1)
    assertJWERefused(.tooLarge(limit: CompactJWE.limit)) { try decrypter.decrypt(long) }
    let filler = String(repeating: "x", count: JWEHeader.limit)
    let token = try token(#"{"alg":"dir","enc":"A256GCM","x":"\#(filler)"}"#)
    assertJWERefused(.tooLarge(limit: JWEHeader.limit)) { try decrypter.decrypt(token) }
  }
}
