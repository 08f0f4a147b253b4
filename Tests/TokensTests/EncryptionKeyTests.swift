import Diagnostics
import JOSE
import JSON
import Ports
import Tokens
import XCTest

/// The ring's keys that encrypt: they come and go as those that sign do, and nobody sees them.
final class EncryptionKeyTests: XCTestCase {
  private let kind = RecordKind("encryption_key")

  func testARingFromBeforeOpensAndGainsAnEncryptionKey() throws {
    let rig = try Rig()
    let signing = try rig.ring.signingKey(.es256).id
    let records = rig.records.all(kind)
    for record in records {
      let change = Change(record.key, .delete, expecting: .exact(record.version))
      _ = try rig.records.applyAndWait([change], rig.context)
    }
    let again = try Rig(records: rig.records, time: rig.time)
    XCTAssertEqual(try again.ring.signingKey(.es256).id, signing)
    XCTAssertEqual(again.records.all(kind).count, 1)
    XCTAssertNoThrow(try again.ring.encryptionKey())
    XCTAssertNil(again.ring.fault)
  }

  func testEncryptionKeysSurviveARestartAndAreShared() throws {
    let rig = try Rig()
    let again = try Rig(records: rig.records, time: rig.time)
    XCTAssertEqual(try again.ring.encryptionKey().id, try rig.ring.encryptionKey().id)
    XCTAssertEqual(rig.records.all(kind).count, 1)
  }

  func testAnEncryptionKeyIsNotPublished() throws {
    let rig = try Rig()
    let text = String(decoding: rig.ring.snapshot.document.bytes, as: UTF8.self)
    XCTAssertFalse(text.contains(try rig.ring.encryptionKey().id))
    XCTAssertFalse(text.contains("\"oct\""))
  }

  func testAnEncryptionKeyIsSealed() throws {
    let rig = try Rig()
    let other = Secret([UInt8](repeating: 8, count: 32))
    for signing in rig.records.all(RecordKind("signing_key")) {
      let change = Change(signing.key, .delete, expecting: .exact(signing.version))
      _ = try rig.records.applyAndWait([change], rig.context)
    }
    assertFails(.cannotOpen("A256KW/0000000001")) {
      try Rig(records: rig.records, masters: [other])
    }
  }

  func testARecordThatWasTouchedIsRefused() throws {
    let rig = try Rig()
    let record = try XCTUnwrap(rig.records.all(kind).first)
    let object = try XCTUnwrap(try JSONValue(parsing: record.value).object)
    XCTAssertEqual(object["v"], 1)
    for (member, value) in [("kid", "AAAAAAAAAAAAAAAAAAAAAA"), ("alg", "A128KW")] {
      var altered = object
      altered[member] = .string(value)
      rig.records.overwrite(record.key, JSONValue.object(altered).serialized())
      assertFails(.malformedRecord("A256KW/0000000001")) { try Rig(records: rig.records) }
    }
  }

  func testTheNextKeyEncryptsWhenEverybodyKnowsItAndTheOldOneEndsWithItsTokens() throws {
    let rig = try Rig()
    let old = try rig.ring.encryptionKey()
    let new = try rig.ring.rotateEncryption()
    XCTAssertEqual(try rig.ring.rotateEncryption().id, new.id, "one waits already")
    XCTAssertEqual(try rig.ring.encryptionKey().id, old.id)
    assertFails(.noSuccessor(old.id)) { try rig.ring.retire(old.id) }
    rig.time.advance(by: .seconds(62))
    XCTAssertEqual(try rig.ring.encryptionKey().id, new.id)
    XCTAssertEqual(rig.ring.snapshot.state(of: old, at: rig.time.now), .retired)
    rig.time.advance(by: .seconds(600 + 60))
    try rig.ring.maintain()
    XCTAssertEqual(rig.ring.snapshot.encryptionKeys.map(\.id), [new.id])
  }

  func testTheScheduleRotatesThemAndThePlanNamesThem() throws {
    let rig = try Rig()
    let first = try rig.ring.encryptionKey()
    XCTAssertTrue(rig.ring.plan().contains { $0.keyID == first.id && $0.state == .retired })
    rig.time.advance(by: .seconds(3600 - 62))
    try rig.ring.maintain()
    XCTAssertEqual(rig.ring.snapshot.encryptionKeys.count, 2)
    rig.time.advance(by: .seconds(62))
    XCTAssertNotEqual(try rig.ring.encryptionKey().id, first.id)
  }

  func testAReplacedMasterKeySealsThemAnew() throws {
    let rig = try Rig()
    let new = Secret([UInt8](repeating: 9, count: 32))
    _ = try Rig(records: rig.records, masters: [new, Rig.master])
    let later = try Rig(records: rig.records, masters: [new])
    XCTAssertEqual(try later.ring.encryptionKey().id, try rig.ring.encryptionKey().id)
  }
}
