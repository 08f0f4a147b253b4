import Cryptography
import Diagnostics
import JOSE
import JSON
import OAuth
import Tokens
import XCTest

/// A signed token inside an encrypted one: opened by the keys that are here, and by no other.
final class EncryptedTokenTests: XCTestCase {
  private let audience = "https://api.example"
  private let tokenHeader = JWEHeaderFields(keyID: "r1", contentType: "JWT")

  /// A resource's key pair: what encrypts to it, and what opens that.
  private func resource(
    _ type: KeyType = .ec(.p256), _ algorithm: JWEKeyManagement = .ecdhES,
    audience: String = "https://api.example"
  ) throws -> (encrypter: JWEEncrypter, opener: ResourceDecrypter) {
    let key = try PrivateKey.generate(type)
    return (
      try JWEEncrypter(to: key.publicKey(), algorithm, .a256GCM, header: tokenHeader),
      ResourceDecrypter(
        audience: try XCTUnwrap(Audience(audience)),
        decrypter: try JWEDecrypter(
          key, keyID: "r1", keyManagement: [algorithm], contentEncryption: [.a256GCM]))
    )
  }

  private func header(_ token: [UInt8]) throws -> JSONObject {
    let text = String(decoding: token.prefix { $0 != UInt8(ascii: ".") }, as: UTF8.self)
    return try XCTUnwrap(JSONValue(parsing: try XCTUnwrap(Base64.url.decode(text))).object)
  }

  // MARK: - Under our own keys

  func testATokenUnderOurOwnKeySaysNothingOutsideAndIsVerified() throws {
    let rig = try Rig()
    let verifier = TokenVerifier(rig.trust)
    let token = try rig.token(.jwe)
    let key = try rig.ring.encryptionKey()
    XCTAssertEqual(
      try header(token),
      ["alg": "A256KW", "enc": "A256GCM", "cty": "JWT", "kid": .string(key.id)])
    for _ in 0..<2 {
      let verified = try XCTUnwrap(verifier.verify(token, at: rig.time.now).token)
      XCTAssertTrue(verified.isOwn)
      XCTAssertEqual(verified.subject, Subject("somebody"))
      XCTAssertEqual(verified.scopes, ScopeSet(parsing: "api.read api.write"))
    }
  }

  func testEveryChangedByteOfATokenIsRefused() throws {
    let rig = try Rig()
    let verifier = TokenVerifier(rig.trust)
    let token = try rig.token(.jwe)
    for index in token.indices {
      for change in [UInt8(1), 0x20, 0x80] {
        var altered = token
        altered[index] ^= change
        XCTAssertNil(verifier.verify(altered, at: rig.time.now).token, "byte \(index)")
      }
    }
    XCTAssertNotNil(verifier.verify(token, at: rig.time.now).token)
  }

  func testATokenEndsToTheSecond() throws {
    let rig = try Rig()
    let token = try rig.token(.jwe, lifetime: .seconds(10))
    rig.time.advance(by: .seconds(10))
    XCTAssertEqual(
      TokenVerifier(rig.trust).verify(token, at: rig.time.now).refusal, .expired(rig.time.now))
  }

  func testTokensAreAcceptedWhileTheirKeyIsThereAndNotAfter() throws {
    let rig = try Rig()
    let verifier = TokenVerifier(rig.trust)
    let old = try rig.ring.encryptionKey()
    let token = try rig.token(.jwe)
    try rig.ring.rotateEncryption()
    rig.time.advance(by: .seconds(62))
    let newer = try rig.token(.jwe)
    XCTAssertNotEqual(try header(newer)["kid"], .string(old.id))
    for token in [token, newer] {
      XCTAssertNotNil(verifier.verify(token, at: rig.time.now).token)
    }
    try rig.ring.retire(old.id)
    rig.ring.refreshNow(at: rig.time.now)
    XCTAssertEqual(verifier.verify(token, at: rig.time.now).refusal, .decryptionKeyUnknown(old.id))
    XCTAssertNotNil(verifier.verify(newer, at: rig.time.now).token)
  }

  func testATokenOfAnotherProcesssNewKeyIsAcceptedAfterOneReading() throws {
    let here = try Rig(policy: Rig.policy(algorithms: [.es256], rotation: nil))
    let verifier = TokenVerifier(here.trust)
    let there = try Rig(records: here.records, time: here.time)
    try there.ring.rotateEncryption()
    here.time.advance(by: .seconds(62))
    let token = try there.token(.jwe)
    XCTAssertTrue(verifier.verify(token, at: here.time.now).asksForKeys)
    here.ring.refreshNow(at: here.time.now)
    XCTAssertNotNil(verifier.verify(token, at: here.time.now).token)
  }

  // MARK: - Under a resource's key

  func testATokenForAResourceOpensUnderItsKey() throws {
    let cases: [(KeyType, JWEKeyManagement)] = [
      (.ec(.p256), .ecdhES), (.ec(.p384), .ecdhESA256KW), (.rsa(bits: 2048), .rsaOAEP256),
    ]
    for (type, algorithm) in cases {
      let (encrypter, opener) = try resource(type, algorithm)
      let rig = try Rig(resourceKeys: [opener])
      let token = try rig.token(.jwe, encrypter: encrypter)
      XCTAssertEqual(try header(token)["alg"], .string(algorithm.rawValue))
      let verified = TokenVerifier(rig.trust).verify(token, at: rig.time.now).token
      XCTAssertEqual(verified?.audiences.map(\.text), [audience])
    }
  }

  func testWhatOnlyTheResourceCanOpenIsRefusedAsThat() throws {
    let (encrypter, _) = try resource()
    let rig = try Rig()
    let token = try rig.token(.jwe, encrypter: encrypter)
    XCTAssertEqual(
      TokenVerifier(rig.trust).verify(token, at: rig.time.now).refusal,
      .decryptionKeyUnknown("r1"))
  }

  func testAnotherKeyUnderTheSameNameDoesNotOpen() throws {
    let (encrypter, _) = try resource()
    let (_, opener) = try resource()
    let rig = try Rig(resourceKeys: [opener])
    let token = try rig.token(.jwe, encrypter: encrypter)
    XCTAssertEqual(
      TokenVerifier(rig.trust).verify(token, at: rig.time.now).refusal?.code, .tokenDecryption)
  }

  func testATokenForOneResourceUnderTheKeyOfAnotherIsRefused() throws {
    let (encrypter, opener) = try resource(audience: "https://other.example")
    let rig = try Rig(resourceKeys: [opener])
    let token = try rig.token(.jwe, encrypter: encrypter)
    XCTAssertEqual(
      TokenVerifier(rig.trust).verify(token, at: rig.time.now).refusal?.code, .tokenRecipient)
  }

  func testWhoCanEncryptToAResourceCannotMakeItsTokens() throws {
    let (encrypter, opener) = try resource()
    let rig = try Rig(resourceKeys: [opener])
    let verifier = TokenVerifier(rig.trust)
    rig.ring.refreshNow(at: rig.time.now)
    let good = try rig.token()
    let stranger = try Rig().token()
    var altered = good
    altered[good.count - 10] = altered[good.count - 10] == 0x41 ? 0x42 : 0x41
    let cases: [([UInt8], ReasonCode)] = [
      (stranger, .tokenKeyUnknown), (altered, .tokenSignature),
      (Array("eyJhbGciOiJub25lIn0.e30.".utf8), .tokenAlgorithm),
      (try encrypter.encrypt(good), .tokenNested), (try rig.token(.uuid), .tokenNested),
      (Array("{}".utf8), .tokenNested), ([], .tokenNested),
    ]
    for (inner, code) in cases {
      let token = try encrypter.encrypt(inner)
      XCTAssertEqual(
        verifier.verify(token, at: rig.time.now).refusal?.code, code,
        String(decoding: inner, as: UTF8.self))
    }
    XCTAssertNotNil(verifier.verify(try encrypter.encrypt(good), at: rig.time.now).token)
  }

  func testAHeaderCannotChooseWhatTheKeyIsNotFor() throws {
    let (encrypter, opener) = try resource()
    let rig = try Rig(resourceKeys: [opener])
    let verifier = TokenVerifier(rig.trust)
    let token = String(decoding: try encrypter.encrypt(try rig.token()), as: UTF8.self)
    let rest = token.drop { $0 != "." }
    let good = try header(Array(token.utf8))
    let changes: [(String, JSONValue, ReasonCode)] = [
      ("alg", "dir", .tokenAlgorithm), ("alg", "none", .tokenAlgorithm),
      ("alg", "RSA1_5", .tokenAlgorithm), ("alg", "PBES2-HS256+A128KW", .tokenAlgorithm),
      ("enc", "A128GCM", .tokenAlgorithm), ("zip", "DEF", .tokenCrit),
      ("crit", ["exp"], .tokenCrit), ("cty", "at+jwt", .tokenNested),
      ("kid", "r2", .tokenDecryptionKeyUnknown),
    ]
    for (name, value, code) in changes {
      var changed = good
      changed[name] = value
      let text = Base64.url.encode(JSONValue.object(changed).serialized()) + rest
      XCTAssertEqual(
        verifier.verify(Array(text.utf8), at: rig.time.now).refusal?.code, code, "\(name) \(value)")
    }
    let plain = try JWEEncrypter(
      sharing: Secret([UInt8](repeating: 1, count: 32)), .direct, .a256GCM)
    XCTAssertEqual(
      verifier.verify(try plain.encrypt(try rig.token()), at: rig.time.now).refusal?.code,
      .tokenNested)
  }

  // MARK: - Other issuers

  func testAForeignTokenIsTakenUnderAResourcesKeyAndNotUnderOurs() throws {
    let foreign = try Rig()
    let keys = try JWKSet(parsing: foreign.ring.snapshot.document.bytes)
    let (encrypter, opener) = try resource()
    let trust = try TokenTrust(
      own: nil, foreign: [TrustedIssuer(issuer: Rig.name, keys: keys)], resourceKeys: [opener])
    let token = try encrypter.encrypt(try foreign.token())
    XCTAssertNotNil(TokenVerifier(trust).verify(token, at: foreign.time.now).token)
    let without = try TokenTrust(
      own: nil, foreign: [TrustedIssuer(issuer: Rig.name, keys: keys)])
    for token in [token, try foreign.token(.jwe)] {
      XCTAssertEqual(
        TokenVerifier(without).verify(token, at: foreign.time.now).refusal?.code,
        .tokenDecryptionKeyUnknown)
    }
  }
}
