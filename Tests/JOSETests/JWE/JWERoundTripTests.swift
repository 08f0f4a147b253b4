import Cryptography
import Diagnostics
import JOSE
import JSON
import XCTest

/// Every algorithm with every content encryption, there and back.
final class JWERoundTripTests: XCTestCase {
  private let plaintext = Array("what nobody else may read".utf8)

  private func check(
    _ encrypter: JWEEncrypter, _ decrypter: JWEDecrypter, line: UInt = #line
  ) throws {
    for text in [plaintext, [], [UInt8](repeating: 7, count: 4096)] {
      let token = try encrypter.encrypt(text)
      XCTAssertEqual(try decrypter.decrypt(token).plaintext, text, line: line)
      XCTAssertNotEqual(try encrypter.encrypt(text), token, line: line)
    }
  }

  func testSharedKeys() throws {
    for keyManagement in JWEKeyManagement.allCases {
      for contentEncryption in JWEContentEncryption.allCases {
        for length in [16, 24, 32, 48, 64] {
          guard keyManagement.fits(sharedKeyOf: length, contentEncryption) else { continue }
          let key = Secret(Random.bytes(length))
          try check(
            JWEEncrypter(sharing: key, keyManagement, contentEncryption),
            JWEDecrypter(
              sharing: key, keyManagement: [keyManagement],
              contentEncryption: [contentEncryption]))
        }
      }
    }
  }

  func testKeyPairs() throws {
    for type in [KeyType.p256, .p384, .p521, .x25519, .x448, .rsa(bits: 2048)] {
      let key = try PrivateKey.generate(type)
      for keyManagement in JWEKeyManagement.allCases where keyManagement.fits(type) {
        for contentEncryption in JWEContentEncryption.allCases {
          try check(
            JWEEncrypter(
              to: key.publicKey(), keyManagement, contentEncryption,
              header: JWEHeaderFields(partyUInfo: [1, 2], partyVInfo: [])),
            JWEDecrypter(
              key, keyManagement: [keyManagement], contentEncryption: [contentEncryption]))
        }
      }
    }
  }

  func testThreadsShareOneDecrypter() throws {
    let shared = Secret(Random.bytes(32))
    let pair = try PrivateKey.generate(.x25519)
    let rsa = try PrivateKey.generate(.rsa(bits: 2048))
    let sides = [
      (
        try JWEEncrypter(sharing: shared, .direct, .a128CBCHS256),
        try JWEDecrypter(
          sharing: shared, keyManagement: [.direct], contentEncryption: [.a128CBCHS256])
      ),
      (
        try JWEEncrypter(to: pair.publicKey(), .ecdhESA256KW, .a256GCM),
        try JWEDecrypter(pair, keyManagement: [.ecdhESA256KW], contentEncryption: [.a256GCM])
      ),
      (
        try JWEEncrypter(to: rsa.publicKey(), .rsaOAEP256, .a256CBCHS512),
        try JWEDecrypter(rsa, keyManagement: [.rsaOAEP256], contentEncryption: [.a256CBCHS512])
      ),
    ]
    DispatchQueue.concurrentPerform(iterations: 300) { round in
      let (encrypter, decrypter) = sides[round % sides.count]
      let text = Random.bytes(round)
      do {
        let token = try encrypter.encrypt(text)
        let plaintext = try decrypter.decrypt(token).plaintext
        XCTAssertEqual(plaintext, text)
      } catch {
        XCTFail("\(error)")
      }
    }
  }

  func testTheHeaderCarriesWhatItIsGiven() throws {
    let key = Secret(Random.bytes(32))
    let fields = JWEHeaderFields(
      keyID: "k1", type: "at+jwt", contentType: "JWT", partyUInfo: [1], partyVInfo: [2, 3])
    let token = try JWEEncrypter(sharing: key, .direct, .a256GCM, header: fields)
      .encrypt(plaintext)
    let header = try JWEDecrypter(
      sharing: key, keyID: "k1", keyManagement: [.direct], contentEncryption: [.a256GCM]
    ).decrypt(token).header
    XCTAssertEqual(header.keyManagement, .direct)
    XCTAssertEqual(header.contentEncryption, .a256GCM)
    XCTAssertEqual(header.keyID, "k1")
    XCTAssertTrue(header.isType("application/at+jwt") || header.isType("at+jwt"))
    XCTAssertTrue(header.isContentType("JWT"))
    let text = try XCTUnwrap(Base64.url.decode(EncryptedText.segments(token)[0]))
    let object = try XCTUnwrap(try JSONValue(parsing: text).object)
    XCTAssertEqual(object["apu"]?.string, "AQ")
    XCTAssertEqual(object["apv"]?.string, "AgM")
  }

  func testAKeyIsUsedOnlyWithAlgorithmsThatFitIt() throws {
    let rsa = try PrivateKey.generate(.rsa(bits: 2048))
    let ec = try PrivateKey.generate(.p256)
    let signing = try PrivateKey.generate(.ed25519)
    let blockchain = try PrivateKey.generate(.secp256k1)
    for keyManagement in JWEKeyManagement.allCases {
      for key in [rsa, ec, signing, blockchain] where !keyManagement.fits(key.type) {
        assertJWERefused(.algorithm(keyManagement.rawValue)) {
          try JWEEncrypter(to: key.publicKey(), keyManagement, .a256GCM)
        }
        assertJWERefused(.algorithm(keyManagement.rawValue)) {
          try JWEDecrypter(key, keyManagement: [keyManagement], contentEncryption: [.a256GCM])
        }
      }
      for length in [0, 8, 15, 20, 33] {
        assertJWERefused(.algorithm(keyManagement.rawValue)) {
          try JWEEncrypter(
            sharing: Secret(Random.bytes(length)), keyManagement, .a256GCM)
        }
      }
    }
    for key in [signing, blockchain] {
      XCTAssertFalse(JWEKeyManagement.allCases.contains { $0.fits(key.type) })
    }
    // One of the content encryptions asks for a key of another length.
    assertJWERefused(.algorithm("dir")) {
      try JWEDecrypter(
        sharing: Secret(Random.bytes(32)), keyManagement: [.direct],
        contentEncryption: [.a256GCM, .a128GCM])
    }
  }
}
