import Cryptography
import Diagnostics
import Foundation
import XCTest

final class SignatureTests: XCTestCase {
  private let pairs: [(KeyType, SignatureScheme)] = [
    (.p256, .ecdsa(.sha256)), (.p384, .ecdsa(.sha384)), (.rsa(bits: 2048), .rsaPKCS1(.sha256)),
    (.rsa(bits: 2048), .rsaPSS(.sha256)), (.ed25519, .eddsa), (.p521, .ecdsa(.sha512)),
    (.secp256k1, .ecdsa(.sha256)), (.rsa(bits: 2048), .rsaPKCS1(.sha512)),
    (.rsa(bits: 2048), .rsaPSS(.sha384)), (.ed448, .eddsa),
  ]
  private let message = Array("message".utf8)

  func testSchemesOfOtherKeyTypesAreRefused() throws {
    for (type, scheme) in pairs {
      let key = try PrivateKey.generate(type)
      let half = try key.publicKey()
      for (_, other) in pairs where other != scheme && !other.fits(type) {
        XCTAssertThrowsError(try Signer(key, other)) {
          XCTAssertEqual($0 as? CryptographyError, .wrongKeyType)
        }
        XCTAssertThrowsError(try SignatureVerifier(half, other))
      }
    }
  }

  func testAlteredSignaturesAndMessagesAreRefused() throws {
    for (type, scheme) in pairs {
      let key = try PrivateKey.generate(type)
      let verifier = try SignatureVerifier(try key.publicKey(), scheme)
      let signature = try Signer(key, scheme).sign(message)
      for index in stride(from: 0, to: signature.count, by: 7) {
        var altered = signature
        altered[index] ^= 0x10
        XCTAssertFalse(verifier.isValid(altered, over: message))
      }
      XCTAssertFalse(verifier.isValid(signature, over: message + [0]))
      XCTAssertFalse(verifier.isValid(signature, over: []))
      for other in [[], Array(signature.dropLast()), signature + [0], [0] + signature] {
        XCTAssertFalse(verifier.isValid(other, over: message))
      }
      XCTAssertTrue(verifier.isValid(signature, over: message), "\(scheme) is usable afterwards")
    }
  }

  func testECDSAZeroOrderAndDERAreRefused() throws {
    let key = try PrivateKey.generate(.p256)
    let verifier = try SignatureVerifier(try key.publicKey(), .ecdsa(.sha256))
    let signature = try Signer(key, .ecdsa(.sha256)).sign(message)
    let zero = [UInt8](repeating: 0, count: 32)
    let order = hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")
    let r = Array(signature[..<32])
    let s = Array(signature[32...])
    for bad in [zero + zero, r + zero, zero + s, order + s, r + order, order + order, s + r] {
      XCTAssertFalse(verifier.isValid(bad, over: message))
    }
    let der = [0x30, 68, 2, 32] + r + [2, 32] + s
    XCTAssertFalse(verifier.isValid(der, over: message))
  }

  func testSchemesOfOneKeyTypeAreNotMixed() throws {
    let key = try PrivateKey.generate(.rsa(bits: 2048))
    let half = try key.publicKey()
    let padded = try Signer(key, .rsaPKCS1(.sha256)).sign(message)
    XCTAssertFalse(try SignatureVerifier(half, .rsaPSS(.sha256)).isValid(padded, over: message))
    XCTAssertFalse(try SignatureVerifier(half, .rsaPKCS1(.sha384)).isValid(padded, over: message))
    let salted = try Signer(key, .rsaPSS(.sha256)).sign(message)
    XCTAssertFalse(try SignatureVerifier(half, .rsaPKCS1(.sha256)).isValid(salted, over: message))
  }

  func testContextsServeManySignatures() throws {
    for (type, scheme) in pairs {
      let key = try PrivateKey.generate(type)
      let signer = try Signer(key, scheme)
      let verifier = try SignatureVerifier(try key.publicKey(), scheme)
      for round in 0..<40 {
        let message = Random.bytes(round)
        let signature = try signer.sign(message)
        XCTAssertEqual(signature.count, signer.signatureLength)
        XCTAssertTrue(verifier.isValid(signature, over: message))
      }
    }
  }

  func testThreadsShareAPool() throws {
    let key = try PrivateKey.generate(.p256)
    let half = try key.publicKey()
    let pool = try SignerPool(key, .ecdsa(.sha256))
    DispatchQueue.concurrentPerform(iterations: 4) { thread in
      do {
        let verifier = try SignatureVerifier(half, .ecdsa(.sha256))
        for round in 0..<50 {
          let message = [UInt8(thread), UInt8(round)]
          XCTAssertTrue(verifier.isValid(try pool.sign(message.span), over: message))
        }
      } catch { XCTFail("\(error)") }
    }
  }

  /// RFC 8032 7.1, test 3.
  func testEd25519Vector() throws {
    let seed = hex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
    let half = hex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")
    let key = try PrivateKey(.octet(Secret(seed)), public: .octet(.ed25519, half))
    let signature = try Signer(key, .eddsa).sign([0xaf, 0x82])
    XCTAssertEqual(
      signature,
      hex(
        """
        6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac
        18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a
        """))
  }

  func testOpenSSLCommandVerifiesWhatIsSigned() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { XCTAssertNoThrow(try FileManager.default.removeItem(at: folder)) }
    let key = try PrivateKey.generate(.rsa(bits: 2048))
    let files: [(String, [UInt8])] = [
      ("key.pem", try key.publicKey().pem()), ("message", message),
      ("signature", try Signer(key, .rsaPSS(.sha256)).sign(message)),
    ]
    for (name, bytes) in files {
      try Data(bytes).write(to: folder.appendingPathComponent(name))
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.currentDirectoryURL = folder
    process.arguments = [
      "openssl", "dgst", "-sha256", "-sigopt", "rsa_padding_mode:pss", "-sigopt",
      "rsa_pss_saltlen:32", "-verify", "key.pem", "-signature", "signature", "message",
    ]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    XCTAssertEqual(process.terminationStatus, 0)
  }
}
