import Cryptography
import Diagnostics
import XCTest

final class KeyTests: XCTestCase {
  private let types: [KeyType] = [
    .p256, .p384, .p521, .secp256k1, .rsa(bits: 2048), .ed25519, .ed448, .x25519, .x448,
  ]

  func testPointsOffTheCurveAreRefused() throws {
    for type in [KeyType.p256, .p384, .p521, .secp256k1] {
      let key = try PrivateKey.generate(type).publicKey()
      guard case .ec(let curve, let x, var y) = try key.components() else { return XCTFail() }
      y[y.count - 1] ^= 1
      XCTAssertThrowsError(try PublicKey(.ec(curve, x: x, y: y))) {
        XCTAssertEqual($0 as? CryptographyError, .inconsistentKey)
      }
      let zero = [UInt8](repeating: 0, count: curve.coordinateLength)
      XCTAssertThrowsError(try PublicKey(.ec(curve, x: zero, y: zero)))
      XCTAssertThrowsError(try PublicKey(.ec(curve, x: x, y: Array(y.dropLast())))) {
        XCTAssertEqual($0 as? CryptographyError, .malformedKey)
      }
      let ones = [UInt8](repeating: 0xff, count: curve.coordinateLength)
      XCTAssertThrowsError(try PublicKey(.ec(curve, x: ones, y: ones)))
    }
  }

  func testPointOfAnotherCurveIsRefused() throws {
    let key = try PrivateKey.generate(.p384).publicKey()
    guard case .ec(_, let x, let y) = try key.components() else { return XCTFail() }
    XCTAssertThrowsError(try PublicKey(.ec(.p256, x: x, y: y)))
  }

  func testWeakRSAIsRefused() throws {
    let key = try PrivateKey.generate(.rsa(bits: 2048)).publicKey()
    guard case .rsa(let modulus, let exponent) = try key.components() else { return XCTFail() }
    XCTAssertEqual(exponent, [1, 0, 1])
    let refused: [([UInt8], [UInt8])] = [
      (Array(modulus.dropLast()), exponent), ([0, 0] + modulus.dropLast(), exponent),
      (modulus, [1]), (modulus, [3]), (modulus, []), (modulus, [0]), (modulus, [1, 0, 2]),
      (modulus.dropLast() + [0], exponent), ([], exponent),
      (modulus, [UInt8](repeating: 0xff, count: 9)),
      (Array(repeating: modulus, count: 4).flatMap { $0 } + [1], exponent),
    ]
    for (modulus, exponent) in refused {
      XCTAssertThrowsError(try PublicKey(.rsa(modulus: modulus, exponent: exponent)))
    }
    XCTAssertThrowsError(try PrivateKey.generate(.rsa(bits: 1024)))
    XCTAssertThrowsError(try PrivateKey.generate(.rsa(bits: 8192)))
  }

  /// A modulus of the generator of CVE-2017-15361, from Wycheproof's set for JSON Web Keys.
  func testRSAKeysOfTheFaultyGeneratorAreRefused() throws {
    let modulus = try XCTUnwrap(
      Base64.url.decode(
        """
        AanFpofbj7KjD4Lf-N2hVMKR7yewSyXhhbirIMTGpfYEhZ_lnt5UoK98DnKIgArXGTu3MaW_HhFw16HGaTDUHqPr\
        Id7fe4r11CqRw09yBFuW79V8sYIwHdzCaWflUI6auImYbVfoN9_nD5n8N8SY9DwXw7mwZM9wREPXoDPgOoIWl6q_\
        MPsp7n0zs3Z5ZaiQWOOzl1S9OhwAfSiiOwz6efnXEaxuTEtPd7BjSx7NaFka8Dx9U7YqXy2RFj1O9PjyaDGuRh7Y\
        XsX3iMUSP_wSyHQg_c_qHRtKUsNSGCT7OZg0hzm2KphtjnayKJvC64vAbROBR4Ubg6Bxg9IQVZ-QYyE
        """))
    XCTAssertThrowsError(try PublicKey(.rsa(modulus: modulus, exponent: [1, 0, 1]))) {
      XCTAssertEqual(
        $0 as? CryptographyError, .weakKey("RSA modulus with the mark of ROCA"))
    }
  }

  func testBigRSAKeysVerify() throws {
    let key = try PrivateKey.generate(.rsa(bits: 4096)).publicKey()
    guard case .rsa(let modulus, let exponent) = try key.components() else { return XCTFail() }
    let big = modulus + modulus.dropLast() + [modulus.last.map { $0 | 1 } ?? 1]
    XCTAssertEqual(try PublicKey(.rsa(modulus: big, exponent: exponent)).type, .rsa(bits: 8192))
  }

  /// SubjectPublicKeyInfo of P-256 whose point is the single byte of the point at infinity.
  func testInfinityIsRefused() {
    let der = hex("301a301306072a8648ce3d020106082a8648ce3d030107030300" + "00")
    let short = hex("3019301306072a8648ce3d020106082a8648ce3d03010703020000")
    XCTAssertThrowsError(try PublicKey(der: der))
    XCTAssertThrowsError(try PublicKey(der: short))
  }

  func testOctetKeysOfWrongLengthAreRefused() throws {
    for curve in OctetCurve.allCases {
      for length in [0, curve.keyLength - 1, curve.keyLength + 1] {
        let bytes = [UInt8](repeating: 9, count: length)
        XCTAssertThrowsError(try PublicKey(.octet(curve, bytes))) {
          XCTAssertEqual($0 as? CryptographyError, .malformedKey)
        }
        XCTAssertThrowsError(try PrivateKey(.octet(Secret(bytes)), public: .octet(curve, bytes))) {
          XCTAssertEqual($0 as? CryptographyError, .malformedKey)
        }
      }
    }
  }

  func testWeakRSAIsRefusedInDERToo() throws {
    // A 512-bit key, made once with openssl genrsa.
    let der = Base64.standard.decode(
      "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAMimWQwlcMmHqTI+9/B8Q/QjWceVGof5eUqt3bBOEphjBhhsDbBkMEOW"
        + "hEF0CMLhr9HqR/lVDgMm4J8wqGvk/CUCAwEAAQ==")
    XCTAssertThrowsError(try PublicKey(der: try XCTUnwrap(der))) {
      XCTAssertEqual($0 as? CryptographyError, .weakKey("RSA modulus of 512 bits"))
    }
  }

  func testNoiseAndTrailingBytesAreNoKeys() throws {
    let key = try PrivateKey.generate(.p256)
    let der = try key.publicKey().der()
    XCTAssertThrowsError(try PublicKey(der: der + [0]))
    XCTAssertThrowsError(try PublicKey(der: Array(der.dropLast())))
    XCTAssertThrowsError(try PublicKey(der: []))
    XCTAssertThrowsError(try PublicKey(pem: Array("-----BEGIN PUBLIC KEY-----".utf8)))
    let secret = try key.pkcs8().reveal()
    XCTAssertThrowsError(try PrivateKey(pkcs8: Secret(secret + [0])))
    XCTAssertThrowsError(try PrivateKey(pkcs8: Secret([])))
    XCTAssertThrowsError(try PrivateKey(pem: Secret(try key.publicKey().pem())))
  }

  func testHalvesOfDifferentKeysAreRefused() throws {
    for type in types {
      let one = try PrivateKey.generate(type)
      let other = try PrivateKey.generate(type)
      XCTAssertThrowsError(
        try PrivateKey(try one.components(), public: try other.publicKey().components()), "\(type)")
    }
  }

  func testEveryTypeSurvivesEachForm() throws {
    for type in types {
      let key = try PrivateKey.generate(type)
      let components = try key.publicKey().components()
      let copies = [
        try PrivateKey(pkcs8: try key.pkcs8()), try PrivateKey(pem: try key.pem()),
        try PrivateKey(try key.components(), public: components),
      ]
      for copy in copies {
        XCTAssertEqual(copy.type, type)
        XCTAssertEqual(try copy.publicKey().components(), components)
      }
      let half = try key.publicKey()
      XCTAssertEqual(try PublicKey(der: try half.der()).components(), components)
      XCTAssertEqual(try PublicKey(pem: try half.pem()).components(), components)
      XCTAssertEqual(half.type, type)
    }
  }
}
