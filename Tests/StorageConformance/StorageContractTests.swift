import ConformanceSupport
import Diagnostics
import PluginHost
import Ports
import XCTest

/// What every store must do, on the libraries that users load.
final class StorageContractTests: XCTestCase {
  func testARecordIsThereOncePut() throws {
    try Stores.each { test in
      XCTAssertNil(try test.get(.thing("a")))
      let versions = try test.apply([.put(.thing("a"), "one")])
      let record = try XCTUnwrap(test.get(.thing("a")))
      XCTAssertEqual(record.value, Array("one".utf8))
      XCTAssertEqual(versions, [record.version])
      XCTAssertNil(record.expiry)
    }
  }

  func testAPutReplacesUnderANewVersionAndADeleteRemoves() throws {
    try Stores.each { test in
      let first = try XCTUnwrap(test.apply([.put(.thing("a"), "one")]).first ?? nil)
      let second = try XCTUnwrap(test.apply([.put(.thing("a"), "two")]).first ?? nil)
      XCTAssertNotEqual(first, second)
      XCTAssertEqual(try test.get(.thing("a"))?.value, Array("two".utf8))
      XCTAssertEqual(try test.apply([Change(.thing("a"), .delete, expecting: .any)]), [nil])
      XCTAssertNil(try test.get(.thing("a")))
      XCTAssertEqual(try test.apply([Change(.thing("a"), .delete, expecting: .any)]), [nil])
    }
  }

  func testVersionsAreNeverGivenTwice() throws {
    try Stores.each { test in
      var seen: Set<RecordVersion> = []
      for _ in 0..<50 {
        let version = try XCTUnwrap(test.apply([.put(.thing("a"), "x")]).first ?? nil)
        XCTAssertTrue(seen.insert(version).inserted)
        try test.apply([Change(.thing("a"), .delete, expecting: .exact(version))])
      }
    }
  }

  func testAnExpectationThatDoesNotHoldChangesNothing() throws {
    try Stores.each { test in
      let version = try XCTUnwrap(test.apply([.put(.thing("a"), "one")]).first ?? nil)
      let wrong = RecordVersion(version.number + 1000)
      let refused: [[Change]] = [
        [.put(.thing("a"), "two", expecting: .absent)],
        [.put(.thing("a"), "two", expecting: .exact(wrong))],
        [Change(.thing("a"), .delete, expecting: .exact(wrong))],
        [Change(.thing("a"), .check, expecting: .absent)],
        [Change(.thing("b"), .check, expecting: .exact(version))],
        [.put(.thing("b"), "two", expecting: .exact(version))],
        [Change(.thing("b"), .delete, expecting: .exact(version))],
      ]
      for changes in refused {
        XCTAssertThrowsError(try test.apply(changes)) {
          XCTAssertEqual($0 as? StorageError, .conflict(change: 0))
        }
      }
      XCTAssertEqual(try test.get(.thing("a"))?.version, version)
      XCTAssertNil(try test.get(.thing("b")))
      try test.apply([
        Change(.thing("a"), .check, expecting: .exact(version)),
        Change(.thing("b"), .check, expecting: .absent),
        .put(.thing("c"), "three", expecting: .absent),
      ])
      XCTAssertNotNil(try test.get(.thing("c")))
    }
  }

  func testAnApplyIsAllOrNothingAndNamesTheConflict() throws {
    try Stores.each { test in
      try test.apply([.put(.thing("taken"), "x")])
      XCTAssertThrowsError(
        try test.apply([
          .put(.thing("a"), "1"), .put(.thing("b"), "2"),
          .put(.thing("taken"), "3", expecting: .absent), .put(.thing("c"), "4"),
        ])
      ) { XCTAssertEqual($0 as? StorageError, .conflict(change: 2)) }
      for name in ["a", "b", "c"] { XCTAssertNil(try test.get(.thing(name))) }
    }
  }

  func testABrokenApplyIsRefused() throws {
    try Stores.each { test in
      let refused: [[Change]] = [
        [],
        [.put(.thing("a"), "1"), .put(.thing("a"), "2")],
        [Change(.thing("a"), .check, expecting: .any)],
        [Change(.thing("a"), .delete, expecting: .absent)],
        [.put(.thing(""), "1")],
        [.put(.thing(String(repeating: "k", count: 1025)), "1")],
        [.put(.thing("a"), "1"), .put(.thing("b", site: "other"), "2")],
        (0...256).map { .put(.thing("\($0)"), "1") },
      ]
      for changes in refused {
        XCTAssertThrowsError(try test.apply(changes)) { error in
          guard case .invalid? = error as? StorageError else { return XCTFail("\(error)") }
        }
      }
      XCTAssertNil(try test.get(.thing("a")))
    }
  }

  func testBinaryKeysAndLargeValuesComeBackAsTheyWere() throws {
    try Stores.each { test in
      let key = RecordKey(kind: RecordKind("thing"), key: (0...255).map { UInt8($0) })
      for count in [0, 1, 4096, 1 << 20, 16 << 20] {
        let value = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        try test.apply([
          Change(key, .put(value: value, expiry: nil, indexes: []), expecting: .any)
        ])
        XCTAssertEqual(try test.get(key)?.value, value)
      }
      XCTAssertThrowsError(
        try test.apply([
          Change(
            key,
            .put(value: [UInt8](repeating: 0, count: 16 << 20 + 1), expiry: nil, indexes: []),
            expecting: .any)
        ]))
    }
  }

  func testSitesAndKindsStayApart() throws {
    try Stores.each { test in
      let other = RecordKey(kind: RecordKind("other"), key: Array("a".utf8))
      try test.apply([.put(.thing("a"), "default"), .put(other, "other")])
      try test.apply([.put(.thing("a", site: "b"), "site b")])
      XCTAssertEqual(try test.get(.thing("a"))?.value, Array("default".utf8))
      XCTAssertEqual(try test.get(.thing("a", site: "b"))?.value, Array("site b".utf8))
      XCTAssertEqual(try test.get(other)?.value, Array("other".utf8))
      try test.apply([Change(.thing("a", site: "b"), .delete, expecting: .any)])
      XCTAssertNotNil(try test.get(.thing("a")))
    }
  }

  func testWhatHasExpiredIsAbsentBeforeAnySweep() throws {
    try Stores.each { test in
      let now = UnixTime(seconds: 1_800_000_000)
      let later = now + .seconds(60)
      let entry = IndexEntry(name: "owner", value: [7])
      try test.apply([.put(.thing("a"), "x", expiry: later, indexes: [entry])], at: now)
      let before = UnixTime(milliseconds: later.milliseconds - 1)
      XCTAssertEqual(try test.get(.thing("a"), at: before)?.expiry, later)
      XCTAssertNil(try test.get(.thing("a"), at: later))
      let context = BuiltPlugins.context(at: later)
      let kind = RecordKind("thing")
      XCTAssertTrue(try test.store.scan(kind, after: nil, limit: 10, context).records.isEmpty)
      XCTAssertTrue(
        try test.store.find(kind, entry, after: nil, limit: 10, context).records.isEmpty)
      try test.apply([.put(.thing("a"), "again", expecting: .absent)], at: later)
      XCTAssertEqual(try test.get(.thing("a"), at: later)?.value, Array("again".utf8))
    }
  }

  func testTheSweepTakesOnlyWhatHasExpiredAndNoMoreThanItMay() throws {
    try Stores.each { test in
      let now = UnixTime(seconds: 1_800_000_000)
      for number in 0..<10 {
        try test.apply([.put(.thing("old\(number)"), "x", expiry: now + .seconds(1))], at: now)
      }
      try test.apply([.put(.thing("young"), "x", expiry: now + .seconds(100))], at: now)
      try test.apply([.put(.thing("lasting"), "x")], at: now)
      let context = BuiltPlugins.context(at: now + .seconds(1))
      XCTAssertEqual(try test.store.sweep(limit: 4, context), 4)
      let statistics = try test.store.statistics(
        BuiltPlugins.context(at: now + .seconds(4)))
      XCTAssertEqual(statistics.records, [RecordCount(kind: "thing", count: 8)])
      XCTAssertEqual(statistics.expired, 6)
      XCTAssertEqual(statistics.sweepLag, .seconds(3))
      XCTAssertEqual(try test.store.sweep(limit: 100, context), 6)
      XCTAssertEqual(try test.store.sweep(limit: 100, context), 0)
      XCTAssertEqual(try test.store.statistics(context).sweepLag, .seconds(0))
      XCTAssertNotNil(try test.get(.thing("young"), at: now + .seconds(1)))
      XCTAssertNotNil(try test.get(.thing("lasting"), at: now + .seconds(1)))
    }
  }
}
