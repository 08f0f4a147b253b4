import Cryptography
import Diagnostics
import Foundation
import JOSE
import Ports
import Tokens
import XCTest

final class KeyRingTests: XCTestCase {
  private let kind = RecordKind("signing_key")

  // MARK: - Master keys

  func testAWrongMasterKeyRefusesToStartAndMakesNoKey() throws {
    let rig = try Rig()
    let before = rig.records.all(kind).map(\.version)
    let other = Secret([UInt8](repeating: 8, count: 32))
    assertFails(.cannotOpen("ES256/0000000001")) {
      try Rig(records: rig.records, masters: [other])
    }
    XCTAssertEqual(rig.records.all(kind).map(\.version), before)
  }

  func testMissingAndUnfitMasterKeysAreRefused() throws {
    assertFails(.noMasterKey) { try MasterKeys([]) }
    for length in [0, 16, 31, 33] {
      assertFails(.unfitMasterKey(position: 1)) {
        try MasterKeys([Rig.master, Secret([UInt8](repeating: 1, count: length))])
      }
    }
  }

  func testAMasterKeyIsReplacedByPuttingANewOneFirst() throws {
    let rig = try Rig()
    let id = try rig.ring.signingKey(.es256).id
    let new = Secret([UInt8](repeating: 9, count: 32))
    _ = try Rig(records: rig.records, masters: [new, Rig.master])
    let later = try Rig(records: rig.records, masters: [new])
    XCTAssertEqual(try later.ring.signingKey(.es256).id, id)
    assertFails(.cannotOpen("ES256/0000000001")) { try Rig(records: rig.records) }
  }

  func testRecordsThatWereTouchedAreRefused() throws {
    let rig = try Rig(policy: Rig.policy(algorithms: [.es256, .es384]))
    let records = rig.records.all(kind)
    let one = try XCTUnwrap(records.first { $0.key.key.starts(with: Array("ES256".utf8)) })
    let other = try XCTUnwrap(records.first { $0.key.key.starts(with: Array("ES384".utf8)) })
    // The box of one key under the name of another.
    rig.records.overwrite(one.key, other.value)
    assertFails(.cannotOpen("ES256/0000000001")) { try Rig(records: rig.records) }
    for value in ["", "{}", "[]", #"{"v":2}"#, "not json"] {
      rig.records.overwrite(one.key, Array(value.utf8))
      assertFails(.malformedRecord("ES256/0000000001")) { try Rig(records: rig.records) }
    }
    let text = String(decoding: one.value, as: UTF8.self)
    for (member, changed) in [(#""alg":"ES256""#, #""alg":"ES384""#), (#":1,"#, #":2,"#)] {
      let altered = text.replacingOccurrences(of: member, with: changed)
      XCTAssertNotEqual(altered, text)
      rig.records.overwrite(one.key, Array(altered.utf8))
      XCTAssertThrowsError(try Rig(records: rig.records))
    }
  }

  // MARK: - Life of a key

  func testKeysSurviveARestart() throws {
    let rig = try Rig(policy: Rig.policy(algorithms: [.es256, .rs256, .eddsa]))
    let again = try Rig(
      records: rig.records, time: rig.time,
      policy: Rig.policy(algorithms: [.es256, .rs256, .eddsa]))
    XCTAssertEqual(again.ring.snapshot.keys.map(\.id), rig.ring.snapshot.keys.map(\.id))
    XCTAssertEqual(again.ring.snapshot.document.bytes, rig.ring.snapshot.document.bytes)
    XCTAssertEqual(again.ring.snapshot.document.entityTag, rig.ring.snapshot.document.entityTag)
    XCTAssertNil(again.ring.fault)
  }

  func testProcessesThatStartAtOnceShareTheFirstKeys() throws {
    let records = TestRecords()
    let ids = Found()
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      do {
        let rig = try Rig(records: records, policy: Rig.policy(algorithms: [.es256, .es384]))
        ids.insert(rig.ring.snapshot.keys.map(\.id).joined(separator: " "))
      } catch { XCTFail("\(error)") }
    }
    XCTAssertEqual(records.all(kind).count, 2)
    XCTAssertEqual(ids.count, 1)
  }

  func testTheDocumentListsPublicHalvesOnly() throws {
    let rig = try Rig(policy: Rig.policy(algorithms: [.es256, .rs256, .eddsa]))
    let document = rig.ring.snapshot.document
    let set = try JWKSet(parsing: document.bytes)
    XCTAssertEqual(set.keys.compactMap(\.algorithm), [.es256, .eddsa, .rs256])
    XCTAssertEqual(set.keys.map(\.keyID), set.keys.map { $0.thumbprint })
    XCTAssertEqual(document.maxAge, .minutes(1))
    XCTAssertTrue(document.entityTag.hasPrefix("\"") && document.entityTag.hasSuffix("\""))
  }

  func testANewKeySignsOnlyWhenCachesMustHaveExpired() throws {
    let rig = try Rig()
    let old = try rig.ring.signingKey(.es256)
    let new = try rig.ring.rotate(.es256)
    XCTAssertEqual(try rig.ring.rotate(.es256).id, new.id, "one waits already")
    let set = try JWKSet(parsing: rig.ring.snapshot.document.bytes)
    XCTAssertEqual(set.keys.compactMap(\.keyID), [old.id, new.id])
    rig.time.advance(by: .seconds(61))
    XCTAssertEqual(try rig.ring.signingKey(.es256).id, old.id)
    XCTAssertEqual(rig.ring.snapshot.state(of: new, at: rig.time.now), .published)
    rig.time.advance(by: .seconds(1))
    XCTAssertEqual(try rig.ring.signingKey(.es256).id, new.id)
    XCTAssertEqual(rig.ring.snapshot.state(of: old, at: rig.time.now), .retired)
    XCTAssertEqual(rig.ring.snapshot.state(of: new, at: rig.time.now), .active)
  }

  func testAKeyIsRemovedWhenItsLastTokenHasEnded() throws {
    let rig = try Rig()
    let old = try rig.ring.signingKey(.es256)
    try rig.ring.rotate(.es256)
    rig.time.advance(by: .seconds(62 + 600 + 59))
    try rig.ring.maintain()
    XCTAssertTrue(rig.ring.snapshot.keys.contains { $0.id == old.id })
    rig.time.advance(by: .seconds(1))
    try rig.ring.maintain()
    XCTAssertFalse(rig.ring.snapshot.keys.contains { $0.id == old.id })
    XCTAssertEqual(rig.records.all(kind).count, 1)
  }

  func testRetiringRefusesTheKeyThatSigns() throws {
    let rig = try Rig()
    let old = try rig.ring.signingKey(.es256)
    assertFails(.noSuccessor(old.id)) { try rig.ring.retire(old.id) }
    assertFails(.unknownKey("x")) { try rig.ring.retire("x") }
    let new = try rig.ring.rotate(.es256)
    rig.time.advance(by: .seconds(60))
    assertFails(.noSuccessor(new.id)) { try rig.ring.retire(new.id) }
    rig.time.advance(by: .seconds(2))
    try rig.ring.retire(old.id)
    XCTAssertEqual(rig.ring.snapshot.keys.map(\.id), [new.id])
    let next = try rig.ring.rotate(.es256)
    try rig.ring.retire(next.id)
    rig.time.advance(by: .minutes(5))
    XCTAssertEqual(try rig.ring.signingKey(.es256).id, new.id)
  }

  func testThePlanNamesWhatComes() throws {
    let rig = try Rig()
    let start = rig.time.now
    let key = try rig.ring.signingKey(.es256)
    func plan() -> [KeyPlanEntry] { rig.ring.plan().filter { $0.algorithm == "ES256" } }
    let ahead = Lifetime.seconds(62)
    XCTAssertEqual(
      plan().map { [$0.state.rawValue, $0.keyID ?? "-"] },
      [["published", "-"], ["active", "-"], ["retired", key.id]])
    XCTAssertEqual(plan()[0].time, start + .minutes(60) - ahead)
    let next = try rig.ring.rotate(.es256)
    XCTAssertEqual(
      plan().prefix(3).map { [$0.state.rawValue, $0.keyID ?? "-"] },
      [["active", next.id], ["retired", key.id], ["removed", key.id]])
  }

  func testContradictoryPoliciesAreRefused() throws {
    func policy(
      _ algorithms: [JWSAlgorithm] = [.es256], rotation: Int64 = 3600, document: Int64 = 60,
      refresh: Int64 = 1, ahead: Int64? = nil
    ) throws -> KeyPolicy {
      try KeyPolicy(
        algorithms: algorithms, rotation: .seconds(rotation), documentLifetime: .seconds(document),
        refresh: .seconds(refresh), publishAhead: ahead.map { .seconds($0) },
        longestToken: .minutes(1))
    }
    for refused in [
      { try policy([]) }, { try policy([.es256, .es256]) }, { try policy([.hs256]) },
      { try policy([.es256, .hs512]) }, { try policy(document: 0) },
      { try policy(refresh: 0) }, { try policy(ahead: 61) }, { try policy(rotation: 62) },
    ] as [() throws -> KeyPolicy] {
      XCTAssertThrowsError(try refused()) {
        guard case .policy = $0 as? KeyRingError else { return XCTFail("\($0)") }
      }
    }
    XCTAssertEqual(try policy(ahead: 62).publishAhead, .seconds(62))
  }

  // MARK: - Failing storage

  func testEveryFailureOfStorageLeavesTheRingWhole() throws {
    for calls in 0..<60 {
      let records = TestRecords()
      records.fail(afterCalls: calls)
      do {
        _ = try Rig(records: records, policy: Rig.policy(algorithms: [.es256, .es384]))
        return XCTAssertGreaterThan(calls, 3)
      } catch {
        XCTAssertEqual(error as? KeyRingError, .storage(.unavailable("as the test asked")))
      }
      records.fail(afterCalls: .max)
      let rig = try Rig(records: records, policy: Rig.policy(algorithms: [.es256, .es384]))
      XCTAssertEqual(rig.ring.snapshot.keys.count, 2)
    }
    XCTFail("it never succeeded")
  }

  func testARingThatCannotBeReadReportsIt() throws {
    let rig = try Rig()
    rig.records.fail(afterCalls: 0)
    XCTAssertThrowsError(try rig.ring.maintain())
    XCTAssertNil(rig.ring.fault, "a short outage is no fault")
    XCTAssertNoThrow(try rig.ring.signingKey(.es256))
    rig.time.advance(by: .seconds(11))
    XCTAssertNotNil(rig.ring.fault)
    rig.records.fail(afterCalls: .max)
    try rig.ring.maintain()
    XCTAssertNil(rig.ring.fault)
  }
}

/// Texts found by several threads.
private final class Found: @unchecked Sendable {
  private let lock = NSLock()
  private var texts: Set<String> = []

  func insert(_ text: String) { lock.withLock { _ = texts.insert(text) } }

  var count: Int { lock.withLock { texts.count } }
}
