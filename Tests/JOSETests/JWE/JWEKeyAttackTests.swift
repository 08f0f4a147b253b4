import Cryptography
import Diagnostics
import JOSE
import JSON
import XCTest

/// Attacks on the key: oracles, empty keys, points off the curve, one key used as another's kind.
final class JWEKeyAttackTests: XCTestCase {
  private static let rsa = Result { try PrivateKey.generate(.rsa(bits: 2048)) }

  private func rsaDecrypter() throws -> JWEDecrypter {
    try JWEDecrypter(
      Self.rsa.get(), keyManagement: [.rsaOAEP, .rsaOAEP256],
      contentEncryption: JWEContentEncryption.allCases)
  }

  private func assertUniform(
    _ decrypter: JWEDecrypter, _ token: [UInt8], _ message: String = "", line: UInt = #line
  ) {
    assertJWERefused(.decryption, message, line: line) { try decrypter.decrypt(token) }
  }

  func testRSA1_5IsRefusedByName() throws {
    let token = try EncryptedText.token(
      #"{"alg":"RSA1_5","enc":"A256GCM"}"#, key: Random.bytes(32),
      encryptedKey: Random.bytes(256))
    assertJWERefused(.algorithm("RSA1_5")) { try rsaDecrypter().decrypt(token) }
    XCTAssertNil(JWEKeyManagement(rawValue: "RSA1_5"))
  }

  /// Bleichenbacher and Manger ask what was wrong; there is one answer.
  func testWhateverIsWrongUnderRSATheAnswerIsTheSame() throws {
    let (rsa, decrypter) = (try Self.rsa.get(), try rsaDecrypter())
    for (name, scheme) in [("RSA-OAEP", RSAOAEP.sha1), ("RSA-OAEP-256", .sha256)] {
      for contentEncryption in [("A256GCM", 32), ("A128CBC-HS256", 32), ("A256CBC-HS512", 64)] {
        let header = #"{"alg":"\#(name)","enc":"\#(contentEncryption.0)"}"#
        let cipher: AuthenticatedCipher =
          contentEncryption.0 == "A256GCM"
          ? .aesGCM(.bits256) : .aesCBCHMAC(contentEncryption.1 == 32 ? .bits128 : .bits256)
        let key = Random.bytes(contentEncryption.1)
        let right = try scheme.encrypt(Secret(key), to: rsa.publicKey())
        let token = { (encryptedKey: [UInt8]) in
          try EncryptedText.token(header, key: key, cipher, encryptedKey: encryptedKey)
        }
        XCTAssertNoThrow(try decrypter.decrypt(try token(right)))
        for position in [0, 1, 128, 255] {
          var altered = right
          altered[position] ^= 1
          assertUniform(decrypter, try token(altered))
        }
        let other: RSAOAEP = scheme == .sha1 ? .sha256 : .sha1
        assertUniform(decrypter, try token(other.encrypt(Secret(key), to: rsa.publicKey())))
        for length in [0, 1, 255, 257, 512] {
          assertUniform(decrypter, try token(Random.bytes(length)))
        }
        assertUniform(decrypter, try token([UInt8](repeating: 0, count: 256)))
        assertUniform(decrypter, try token([UInt8](repeating: 0xff, count: 256)))
      }
    }
  }

  /// A key of no bytes, or of another length, would let anyone who guesses it make tokens.
  func testEmptyAndWronglyLongContentKeysAreRefused() throws {
    let (rsa, decrypter) = (try Self.rsa.get(), try rsaDecrypter())
    for length in [0, 1, 16, 24, 31, 33, 48, 64] {
      let wrapped = try RSAOAEP.sha256.encrypt(
        Secret([UInt8](repeating: 0, count: length)), to: rsa.publicKey())
      let token = try EncryptedText.token(
        #"{"alg":"RSA-OAEP-256","enc":"A256GCM"}"#, key: [UInt8](repeating: 0, count: 32),
        encryptedKey: wrapped)
      assertUniform(decrypter, token, "\(length) bytes")
    }
    let shared = Secret(Random.bytes(32))
    let wrapping = try JWEDecrypter(
      sharing: shared, keyManagement: [.a256KW], contentEncryption: [.a256GCM])
    for length in [16, 24, 40, 64] {
      let token = try EncryptedText.token(
        #"{"alg":"A256KW","enc":"A256GCM"}"#, key: [UInt8](repeating: 0, count: 32),
        encryptedKey: AESKeyWrap(key: shared).wrap(Secret([UInt8](repeating: 0, count: length))))
      assertUniform(wrapping, token, "\(length) bytes")
    }
    let empty = try EncryptedText.token(
      #"{"alg":"A256KW","enc":"A256GCM"}"#, key: [UInt8](repeating: 0, count: 32))
    assertUniform(wrapping, empty)
    assertJWERefused(.algorithm("dir")) {
      try JWEDecrypter(
        sharing: Secret([]), keyManagement: [.direct], contentEncryption: [.a256GCM])
    }
  }

  func testGCMKeyWrapTakesWholeTagsOnly() throws {
    let shared = Secret(Random.bytes(32))
    let decrypter = try JWEDecrypter(
      sharing: shared, keyManagement: [.a256GCMKW], contentEncryption: [.a256GCM])
    let good = try JWEEncrypter(sharing: shared, .a256GCMKW, .a256GCM).encrypt([1])
    XCTAssertNoThrow(try decrypter.decrypt(good))
    let vector = Base64.url.encode(Random.bytes(12))
    let tag = Base64.url.encode(Random.bytes(16))
    for (vector, tag, name) in [
      ("", tag, "iv"), ("AAAA", tag, "iv"), (vector + "AAAA", tag, "iv"), (vector, "", "tag"),
      (vector, "AAAA", "tag"), (vector, "AAAAAAAAAAAAAAAA", "tag"),
    ] {
      let token = try EncryptedText.token(
        #"{"alg":"A256GCMKW","enc":"A256GCM","iv":"\#(vector)","tag":"\#(tag)"}"#,
        key: Random.bytes(32), encryptedKey: Random.bytes(32))
      assertJWERefused(.headerParameter(name)) { try decrypter.decrypt(token) }
    }
    let forged = try EncryptedText.token(
      #"{"alg":"A256GCMKW","enc":"A256GCM","iv":"\#(vector)","tag":"\#(tag)"}"#,
      key: Random.bytes(32), encryptedKey: Random.bytes(32))
    assertUniform(decrypter, forged)
  }

  private func ecDecrypter(_ key: PrivateKey) throws -> JWEDecrypter {
    try JWEDecrypter(
      key, keyManagement: [.ecdhES, .ecdhESA128KW], contentEncryption: [.a128GCM])
  }

  private func agreed(_ epk: String) throws -> [UInt8] {
    try EncryptedText.token(
      #"{"alg":"ECDH-ES","enc":"A128GCM","epk":\#(epk)}"#, key: Random.bytes(16),
      .aesGCM(.bits128))
  }

  func testEphemeralKeysOffTheCurveAreRefused() throws {
    let decrypter = try ecDecrypter(PrivateKey.generate(.p256))
    let zero = Base64.url.encode([UInt8](repeating: 0, count: 32))
    let one = Base64.url.encode([UInt8](repeating: 0, count: 31) + [1])
    let x = "gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0"
    let y = "SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps"
    let field = "_____wAAAAEAAAAAAAAAAAAAAAD_______________8"
    for epk in [
      #"{"kty":"EC","crv":"P-256","x":"\#(zero)","y":"\#(zero)"}"#,
      #"{"kty":"EC","crv":"P-256","x":"\#(one)","y":"\#(one)"}"#,
      #"{"kty":"EC","crv":"P-256","x":"\#(y)","y":"\#(x)"}"#,
      #"{"kty":"EC","crv":"P-256","x":"\#(field)","y":"\#(field)"}"#,
      #"{"kty":"EC","crv":"P-256","x":"\#(x)"}"#, #"{"kty":"EC","crv":"P-256","x":"","y":""}"#,
      #"{"kty":"EC","crv":"P-256","x":"AA\#(x)","y":"\#(y)"}"#,
      #"{"kty":"EC","crv":"P-384","x":"\#(x)","y":"\#(y)"}"#,
      #"{"kty":"EC","crv":"p-256","x":"\#(x)","y":"\#(y)"}"#,
      #"{"kty":"EC","crv":"P-256","x":"\#(x)","y":"\#(y)","d":"\#(one)"}"#,
      #"{"kty":"oct","k":"AAAA"}"#, #"{"kty":"RSA","n":"\#(x)","e":"AQAB"}"#,
      #"{"kty":"EC","crv":"P-256","x":1,"y":2}"#, "{}", "null", "[]", #""\#(x)""#, "1",
    ] {
      let token = try agreed(epk)
      assertJWERefused(.headerParameter("epk"), epk) { try decrypter.decrypt(token) }
    }
    let missing = try EncryptedText.token(
      #"{"alg":"ECDH-ES","enc":"A128GCM"}"#, key: Random.bytes(16), .aesGCM(.bits128))
    assertJWERefused(.headerParameter("epk")) { try decrypter.decrypt(missing) }
    // A point on the curve, but nobody's agreement: the content does not open.
    assertUniform(decrypter, try agreed(#"{"kty":"EC","crv":"P-256","x":"\#(x)","y":"\#(y)"}"#))
  }

  func testEphemeralKeyIsOnTheRecipientsCurve() throws {
    let p384 = try PrivateKey.generate(.p384)
    let token = try JWEEncrypter(to: p384.publicKey(), .ecdhES, .a128GCM).encrypt([1])
    for type in [KeyType.p256, .p521, .x25519, .x448] {
      let other = try ecDecrypter(PrivateKey.generate(type))
      assertJWERefused(.headerParameter("epk")) { try other.decrypt(token) }
    }
  }

  func testPartiesAreMixedIn() throws {
    let key = try PrivateKey.generate(.p256)
    let decrypter = try ecDecrypter(key)
    let token = try JWEEncrypter(
      to: key.publicKey(), .ecdhES, .a128GCM, header: JWEHeaderFields(partyUInfo: [1])
    ).encrypt([1])
    XCTAssertNoThrow(try decrypter.decrypt(token))
    for value in ["1", #""AA=""#, #""A""#] {
      let header =
        #"{"alg":"ECDH-ES","enc":"A128GCM","apu":\#(value),"epk":{"kty":"EC","crv":"P-256","x":"gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0","y":"SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps"}}"#
      let token = try EncryptedText.token(header, key: Random.bytes(16), .aesGCM(.bits128))
      assertJWERefused(.headerParameter("apu"), value) { try decrypter.decrypt(token) }
    }
  }

  func testAnotherKeysTokensAreNotOpened() throws {
    for type in [KeyType.p256, .p521, .x25519, .x448, .rsa(bits: 2048)] {
      let (mine, other) = (try PrivateKey.generate(type), try PrivateKey.generate(type))
      for keyManagement in JWEKeyManagement.allCases where keyManagement.fits(type) {
        let token = try JWEEncrypter(to: other.publicKey(), keyManagement, .a256GCM).encrypt([1])
        assertUniform(
          try JWEDecrypter(
            mine, keyManagement: [keyManagement], contentEncryption: [.a256GCM]), token)
      }
    }
  }

  /// The public key is public: whoever takes its bytes for a shared key must not be understood.
  func testAPublicKeyIsNoSharedKey() throws {
    let rsa = try Self.rsa.get()
    let stolen = SHA256.digest(try rsa.publicKey().der()).bytes
    for name in ["dir", "A256KW", "A256GCMKW"] {
      let token = try EncryptedText.token(
        #"{"alg":"\#(name)","enc":"A256GCM","iv":"AAAAAAAAAAAAAAAA","tag":"AAAAAAAAAAAAAAAAAAAAAA"}"#,
        key: stolen)
      assertJWERefused(.algorithm(name)) { try rsaDecrypter().decrypt(token) }
    }
  }

  func testAnEncryptedKeyBesideAnAgreedOneIsRefused() throws {
    let key = try PrivateKey.generate(.p256)
    var segments = EncryptedText.segments(
      try JWEEncrypter(to: key.publicKey(), .ecdhES, .a128GCM).encrypt([1]))
    segments[1] = "AAAA"
    assertJWERefused(.segmentLength(.encryptedKey)) {
      try ecDecrypter(key).decrypt(EncryptedText.joined(segments))
    }
  }
}
