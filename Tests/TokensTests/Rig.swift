import Cryptography
import Diagnostics
import JOSE
import JSON
import OAuth
import Ports
import Tokens
import XCTest

/// An issuer with its ring and a clock to move.
struct Rig {
  let records: TestRecords
  let time: TestClock
  let ring: KeyRing
  let issuer: TokenIssuer
  let trust: TokenTrust

  static let name = "https://issuer.example"
  static let master = Secret([UInt8](repeating: 7, count: 32))

  init(
    records: TestRecords = TestRecords(), time: TestClock = TestClock(),
    masters: [Secret<[UInt8]>] = [Rig.master], policy: KeyPolicy? = nil,
    foreign: [TrustedIssuer] = [], opaqueForm: OpaqueTokenForm = .long,
    resourceKeys: [ResourceDecrypter] = []
  ) throws {
    self.records = records
    self.time = time
    ring = try KeyRing(
      store: records, masterKeys: MasterKeys(masters),
      policy: policy ?? Rig.policy(algorithms: [.es256]), clock: time.clock)
    let name = try XCTUnwrap(Issuer(Rig.name))
    issuer = TokenIssuer(issuer: name, keys: ring, opaqueForm: opaqueForm)
    trust = try TokenTrust(
      own: (name, ring), foreign: foreign, opaqueForm: opaqueForm, resourceKeys: resourceKeys)
  }

  /// Keys sign for an hour; the JWK Set is cached for a minute; others read the ring every second.
  static func policy(
    algorithms: [JWSAlgorithm], rotation: Lifetime? = .minutes(60)
  ) throws -> KeyPolicy {
    try KeyPolicy(
      algorithms: algorithms, rotation: rotation, documentLifetime: .minutes(1),
      refresh: .seconds(1), longestToken: .minutes(10))
  }

  static func authorization(
    _ format: TokenFormat = .jws, _ algorithm: JWSAlgorithm = .es256,
    lifetime: Lifetime = .minutes(10), claims: JSONObject = JSONObject(),
    encrypter: JWEEncrypter? = nil
  ) throws -> Authorization {
    Authorization(
      client: try XCTUnwrap(ClientID("client")), subject: try XCTUnwrap(Subject("somebody")),
      scopes: try XCTUnwrap(ScopeSet(parsing: "api.read api.write")),
      audiences: [try XCTUnwrap(Audience("https://api.example"))], format: format,
      algorithm: algorithm, lifetime: lifetime, claims: claims, encrypter: encrypter)
  }

  /// A new token as a client would present it.
  func token(
    _ format: TokenFormat = .jws, _ algorithm: JWSAlgorithm = .es256,
    lifetime: Lifetime = .minutes(10), encrypter: JWEEncrypter? = nil
  ) throws -> [UInt8] {
    let prepared = try issuer.prepare(
      Rig.authorization(format, algorithm, lifetime: lifetime, encrypter: encrypter), at: time.now)
    _ = try records.applyAndWait(prepared.changes, context)
    return Array(prepared.accessToken.reveal().utf8)
  }

  var context: CallContext {
    CallContext(request: nil, now: time.now, deadline: time.now + .seconds(10))
  }
}

extension TokenVerdict {
  /// The token, or nil.
  var token: VerifiedToken? { if case .verified(let token) = self { token } else { nil } }

  /// The refusal, or nil.
  var refusal: TokenRefusal? { if case .refused(let refusal) = self { refusal } else { nil } }

  /// The lookup, or nil.
  var lookup: TokenLookup? { if case .needsStorage(let lookup) = self { lookup } else { nil } }
}

extension KeyRing {
  /// Reads the ring as for a token of an unknown key, at once; whether it did.
  @discardableResult
  func refreshNow(at now: UnixTime) -> Bool {
    refresh(
      at: now,
      submit: {
        $0()
        return true
      }, then: { _ in })
  }
}

extension TokenVerdict {
  /// Whether the ring must be read again first.
  var asksForKeys: Bool { if case .needsKeys = self { true } else { false } }
}

extension TokenVerifier {
  /// Judges a token that stands in an array.
  func verify(_ token: [UInt8], at now: UnixTime) -> TokenVerdict { verify(token.span, at: now) }
}

/// Asserts that an expression throws exactly an error of the key ring.
func assertFails<Value>(
  _ expected: KeyRingError, file: StaticString = #filePath, line: UInt = #line,
  _ body: () throws -> Value
) {
  XCTAssertThrowsError(try body(), file: file, line: line) {
    XCTAssertEqual($0 as? KeyRingError, expected, file: file, line: line)
  }
}
