import Cryptography
import Diagnostics
import XCTest

/// The ciphers, key wraps and derivations, by published vectors and by what they refuse.
final class EncryptionTests: XCTestCase {
  private static let ciphers: [AuthenticatedCipher] = AESKeyLength.allCases.flatMap {
    [.aesGCM($0), .aesCBCHMAC($0)]
  }

  private static func seal(
    _ cipher: AuthenticatedCipher, _ plaintext: [UInt8], _ key: [UInt8], _ additionalData: [UInt8]
  ) throws -> AuthenticatedCipher.Sealed {
    try cipher.seal(plaintext.span, key: Secret(key), additionalData: additionalData.span)
  }

  private static func open(
    _ cipher: AuthenticatedCipher, _ ciphertext: [UInt8], _ nonce: [UInt8], _ tag: [UInt8],
    _ key: [UInt8], _ additionalData: [UInt8]
  ) throws -> [UInt8] {
    try cipher.open(
      ciphertext.span, nonce: nonce.span, tag: tag.span, key: Secret(key),
      additionalData: additionalData.span)
  }

  /// RFC 7518 appendix B.
  func testCBCHMACVectors() throws {
    let plaintext = """
      A cipher system must not be required to be secret, and it must be able to fall into the \
      hands of the enemy without inconvenience
      """
    let additionalData = Array("The second principle of Auguste Kerckhoffs".utf8)
    for (length, ciphertext, tag) in Self.cbcHMACVectors {
      let opened = try Self.open(
        .aesCBCHMAC(length), hex(ciphertext), hex("1af38c2dc2b96ffdd86694092341bc04"), hex(tag),
        Array(0..<UInt8(2 * length.bytes)), additionalData)
      XCTAssertEqual(String(decoding: opened, as: UTF8.self), plaintext)
    }
  }

  private static let cbcHMACVectors: [(AESKeyLength, String, String)] = [
    (
      .bits128,
      """
      c80edfa32ddf39d5ef00c0b468834279a2e46a1b8049f792f76bfe54b903a9c9
      a94ac9b47ad2655c5f10f9aef71427e2fc6f9b3f399a221489f16362c7032336
      09d45ac69864e3321cf82935ac4096c86e133314c54019e8ca7980dfa4b9cf1b
      384c486f3a54c51078158ee5d79de59fbd34d848b3d69550a67646344427ade5
      4b8851ffb598f7f80074b9473c82e2db
      """, "652c3fa36b0a7c5b3219fab3a30bc1c4"
    ),
    (
      .bits192,
      """
      ea65da6b59e61edb419be62d19712ae5d303eeb50052d0dfd6697f77224c8edb
      000d279bdc14c1072654bd30944230c657bed4ca0c9f4a8466f22b226d174621
      4bf8cfc2400add9f5126e479663fc90b3bed787a2f0ffcbf3904be2a641d5c21
      05bfe591bae23b1d7449e532eef60a9ac8bb6c6b01d35d49787bcd57ef484927
      f280adc91ac0c4e79c7b11efc60054e3
      """, "8490ac0e58949bfe51875d733f93ac2075168039ccc733d7"
    ),
    (
      .bits256,
      """
      4affaaadb78c31c5da4b1b590d10ffbd3dd8d5d302423526912da037ecbcc7bd
      822c301dd67c373bccb584ad3e9279c2e6d12a1374b77f077553df829410446b
      36ebd97066296ae6427ea75c2e0846a11a09ccf5370dc80bfecbad28c73f09b3
      a3b75e662a2594410ae496b2e2e6609e31e6e02cc837f053d21f37ff4f51950b
      be2638d09dd7a4930930806d0703b1f6
      """, "4dd3b4c088a7f45c216839645b2012bf2e6269a8c56a816dbc1b267761955bc5"
    ),
  ]

  func testAnyChangeIsRefused() throws {
    for cipher in Self.ciphers {
      let key = Random.bytes(cipher.keyLength)
      for length in [0, 1, 16, 33] {
        let sealed = try Self.seal(cipher, Random.bytes(length), key, [1, 2])
        let parts = [sealed.ciphertext, sealed.nonce, sealed.tag, [1, 2]]
        for part in parts.indices {
          for index in parts[part].indices {
            var altered = parts
            altered[part][index] ^= 0x80
            XCTAssertThrowsError(
              try Self.open(cipher, altered[0], altered[1], altered[2], key, altered[3]))
          }
        }
        let opened = try Self.open(cipher, parts[0], parts[1], parts[2], key, parts[3])
        XCTAssertEqual(opened.count, length)
        // The first byte: CBC's second half of a key is not what authenticates.
        XCTAssertThrowsError(
          try Self.open(
            cipher, parts[0], parts[1], parts[2], [key[0] ^ 1] + key[1...], parts[3]))
      }
    }
  }

  func testLengthsAreExact() throws {
    for cipher in Self.ciphers {
      let key = Random.bytes(cipher.keyLength)
      let sealed = try Self.seal(cipher, [1], key, [])
      for count in 0..<cipher.tagLength {
        XCTAssertThrowsError(
          try Self.open(
            cipher, sealed.ciphertext, sealed.nonce, Array(sealed.tag[..<count]), key, []))
      }
      XCTAssertThrowsError(
        try Self.open(cipher, sealed.ciphertext, sealed.nonce + [0], sealed.tag, key, []))
      XCTAssertThrowsError(
        try Self.open(cipher, sealed.ciphertext, [], sealed.tag, key, []))
      XCTAssertThrowsError(
        try Self.open(cipher, sealed.ciphertext, sealed.nonce, sealed.tag + [0], key, []))
      for count in [0, 1, cipher.keyLength - 1, cipher.keyLength + 1] {
        let wrong = [UInt8](repeating: 1, count: count)
        XCTAssertThrowsError(
          try Self.seal(cipher, [1], wrong, []))
        XCTAssertThrowsError(
          try Self.open(cipher, sealed.ciphertext, sealed.nonce, sealed.tag, wrong, []))
      }
    }
  }

  /// RFC 3394 section 4: 4.1, 4.3, 4.6.
  func testKeyWrapVectors() throws {
    let table = [
      (
        16, "00112233445566778899aabbccddeeff", "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5"
      ),
      (
        32, "00112233445566778899aabbccddeeff", "64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7"
      ),
      (
        32, "00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f",
        "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21"
      ),
    ]
    for (length, key, wrapped) in table {
      let wrapper = try AESKeyWrap(key: Secret(Array(0..<UInt8(length))))
      XCTAssertEqual(try wrapper.wrap(Secret(hex(key))), hex(wrapped))
      XCTAssertEqual(try wrapper.unwrap(hex(wrapped).span).reveal(), hex(key))
      for index in hex(wrapped).indices {
        var altered = hex(wrapped)
        altered[index] ^= 1
        XCTAssertThrowsError(try wrapper.unwrap(altered.span))
      }
    }
    let wrapper = try AESKeyWrap(key: Secret(Array(0..<16)))
    for length in [0, 8, 9, 16, 23, 25] {
      XCTAssertThrowsError(try wrapper.unwrap(Random.bytes(length).span))
    }
    for length in [0, 8, 15, 17] {
      XCTAssertThrowsError(try wrapper.wrap(Secret(Random.bytes(length))))
    }
    for length in [0, 15, 17, 33] {
      XCTAssertThrowsError(try AESKeyWrap(key: Secret(Random.bytes(length))))
    }
  }

  func testOAEPIsForRSAAndOneHash() throws {
    let rsa = try PrivateKey.generate(.rsa(bits: 2048))
    let half = try rsa.publicKey()
    let secret = Secret(Random.bytes(32))
    for scheme in [RSAOAEP.sha1, .sha256] {
      let encrypted = try scheme.encrypt(secret, to: half)
      XCTAssertEqual(encrypted.count, 256)
      XCTAssertEqual(try scheme.decrypt(encrypted.span, with: rsa).reveal(), secret.reveal())
      let other: RSAOAEP = scheme == .sha1 ? .sha256 : .sha1
      for wrong in [Array(encrypted.dropLast()), encrypted + [0], [0] + encrypted, []] {
        XCTAssertThrowsError(try scheme.decrypt(wrong.span, with: rsa))
      }
      XCTAssertThrowsError(try other.decrypt(encrypted.span, with: rsa))
    }
    let ec = try PrivateKey.generate(.p256)
    XCTAssertThrowsError(try RSAOAEP.sha256.encrypt(secret, to: ec.publicKey()))
    let some: [UInt8] = [1]
    XCTAssertThrowsError(try RSAOAEP.sha256.decrypt(some.span, with: ec))
  }

  func testBothSidesAgree() throws {
    for type in [KeyType.p256, .p384, .p521, .x25519, .x448] {
      let alice = try PrivateKey.generate(type)
      let bob = try PrivateKey.generate(type)
      let secret = try alice.sharedSecret(with: bob.publicKey()).reveal()
      XCTAssertEqual(try bob.sharedSecret(with: alice.publicKey()).reveal(), secret)
    }
    let p256 = try PrivateKey.generate(.p256)
    XCTAssertThrowsError(try p256.sharedSecret(with: PrivateKey.generate(.p384).publicKey())) {
      XCTAssertEqual($0 as? CryptographyError, .wrongKeyType)
    }
    let signing = try PrivateKey.generate(.ed25519)
    XCTAssertThrowsError(try signing.sharedSecret(with: signing.publicKey()))
  }

  /// RFC 7748 section 6, which RFC 8037 appendices A.6 and A.7 take over.
  func testMontgomeryCurveVectors() throws {
    let table = [
      (
        OctetCurve.x25519, "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
        "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
        "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
        "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"
      ),
      (
        .x448,
        """
        1c306a7ac2a0e2e0990b294470cba339e6453772b075811d8fad0d1d6927c120
        bb5ee8972b0d3e21374c9c921b09d1b0366f10b65173992d
        """,
        """
        3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972
        fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609
        """,
        """
        9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c22c5d9bb
        c836647241d953d40c5b12da88120d53177f80e532c41fa0
        """,
        """
        07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56
        fd2464c335543936521c24403085d59a449a5037514a879d
        """
      ),
    ]
    for (curve, mine, half, theirs, secret) in table {
      let key = try PrivateKey(.octet(Secret(hex(mine))), public: .octet(curve, hex(half)))
      let peer = try PublicKey(.octet(curve, hex(theirs)))
      XCTAssertEqual(try key.sharedSecret(with: peer).reveal(), hex(secret))
    }
  }

  /// RFC 7914 section 11.
  func testPBKDF2Vector() throws {
    let key = try PBKDF2.derive(
      from: Secret(Array("Password".utf8)), salt: Array("NaCl".utf8), iterations: 80_000,
      digest: .sha256, length: 64)
    XCTAssertEqual(
      key.reveal(),
      hex(
        """
        4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56
        a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d
        """))
  }

  func testThreadsEncryptWithoutDisturbingEachOther() throws {
    let keys = Self.ciphers.map { Random.bytes($0.keyLength) }
    DispatchQueue.concurrentPerform(iterations: 400) { round in
      let (cipher, key) = (Self.ciphers[round % 6], keys[round % 6])
      let plaintext = Random.bytes(round)
      do {
        let sealed = try Self.seal(cipher, plaintext, key, [1])
        let opened = try Self.open(cipher, sealed.ciphertext, sealed.nonce, sealed.tag, key, [1])
        XCTAssertEqual(opened, plaintext)
      } catch {
        XCTFail("\(error)")
      }
    }
  }
}
