import Cryptography
import Diagnostics
import XCTest

/// RFC 8032 section 7, and keys that sign anything.
final class EdwardsTests: XCTestCase {
  /// Seed, public key, message, signature.
  private let vectors: [(OctetCurve, String, String, String, String)] = [
    (
      .ed25519, "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
        + "1cf9b46bd25bf5f0595bbe24655141438e7a100b"
    ),
    (
      .ed25519, "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613"
        + "d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    ),
    (
      .ed448,
      "6c82a562cb808d10d632be89c8513ebf6c929f34ddfa8c9f63c9960ef6e348a3528c8a3fcc2f044e39a3fc5b"
        + "94492f8f032e7549a20098f95b",
      "5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778edf124769b46c7061bd6783d"
        + "f1e50f6cd1fa1abeafe8256180", "",
      "533a37f6bbe457251f023c0d88f976ae2dfb504a843e34d2074fd823d41a591f2b233f034f628281f2fd7a22"
        + "ddd47d7828c59bd0a21bfd3980ff0d2028d4b18a9df63e006c5d1c2d345b925d8dc00b4104852db99ac5c7cd"
        + "da8530a113a0f4dbb61149f05a7363268c71d95808ff2e652600"
    ),
    (
      .ed448,
      "c4eab05d357007c632f3dbb48489924d552b08fe0c353a0d4a1f00acda2c463afbea67c5e8d2877c5e3bc397"
        + "a659949ef8021e954e0a12274e",
      "43ba28f430cdff456ae531545f7ecd0ac834a55d9358c0372bfa0c6c6798c0866aea01eb00742802b8438ea4"
        + "cb82169c235160627b4c3a9480", "03",
      "26b8f91727bd62897af15e41eb43c377efb9c610d48f2335cb0bd0087810f4352541b143c4b981b7e18f62de"
        + "8ccdf633fc1bf037ab7cd779805e0dbcc0aae1cbcee1afb2e027df36bc04dcecbf154336c19f0af7e0a64729"
        + "05e799f1953d2a0ff3348ab21aa4adafd1d234441cf807c03a00"
    ),
  ]

  func testSignaturesOfTheRFCAreRepeatedAndVerified() throws {
    for (curve, seed, half, message, signature) in vectors {
      let key = try PrivateKey(
        .octet(Secret(hex(seed))), public: .octet(curve, hex(half)))
      XCTAssertEqual(try Signer(key, .eddsa).sign(hex(message)), hex(signature))
      let verifier = try SignatureVerifier(
        PublicKey(.octet(curve, hex(half))), .eddsa)
      XCTAssertTrue(verifier.isValid(hex(signature), over: hex(message)))
      XCTAssertFalse(verifier.isValid(hex(signature), over: hex(message) + [0]))
    }
  }

  /// With the neutral element for a key, one signature is good for every message.
  func testKeysOfSmallOrderAreRefused() throws {
    let neutral = [1] + [UInt8](repeating: 0, count: 31)
    let points = [
      neutral, [UInt8](repeating: 0, count: 32),
      hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
      hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
      hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
      hex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
      hex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    ]
    for point in points {
      for sign in [UInt8(0), 0x80] {
        let key = point.dropLast() + [(point.last ?? 0) | sign]
        XCTAssertThrowsError(try PublicKey(.octet(.ed25519, Array(key)))) {
          XCTAssertEqual($0 as? CryptographyError, .weakKey("point of small order"))
        }
      }
    }
    let zeros = [UInt8](repeating: 0, count: 57)
    let minusOne =
      [0xfe] + [UInt8](repeating: 0xff, count: 27) + [0xfe]
      + [UInt8](repeating: 0xff, count: 27) + [0]
    for point in [zeros, [1] + zeros.dropLast(), minusOne] {
      XCTAssertThrowsError(try PublicKey(.octet(.ed448, point))) {
        XCTAssertEqual($0 as? CryptographyError, .weakKey("point of small order"))
      }
    }
    // The same by way of DER.
    XCTAssertThrowsError(try PublicKey(der: hex("302a300506032b6570032100") + neutral))
  }
}
