import ConformanceSupport
import PluginHost
import Ports
import XCTest

/// Finding and scanning.
final class StorageQueryTests: XCTestCase {
  private let kind = RecordKind("thing")

  func testAScanGivesEveryRecordOnceInTheOrderOfKeys() throws {
    try Stores.each { test in
      let keys = (0..<53).map { [UInt8(truncatingIfNeeded: $0 &* 97), UInt8($0)] }
      for key in keys {
        try test.apply([
          Change(
            RecordKey(kind: kind, key: key), .put(value: key, expiry: nil, indexes: []),
            expecting: .absent)
        ])
      }
      var found: [[UInt8]] = []
      var cursor: RecordCursor?
      var pages = 0
      repeat {
        let page = try test.store.scan(kind, after: cursor, limit: 10, BuiltPlugins.context())
        XCTAssertLessThanOrEqual(page.records.count, 10)
        for record in page.records { XCTAssertEqual(record.value, record.key.key) }
        found += page.records.map(\.key.key)
        cursor = page.next
        pages += 1
      } while cursor != nil && pages < 20
      XCTAssertEqual(found, keys.sorted { $0.lexicographicallyPrecedes($1) })
    }
  }

  func testAFindGivesOnlyWhatHasTheEntry() throws {
    try Stores.each { test in
      let mine = IndexEntry(name: "owner", value: [1, 0, 255])
      let theirs = IndexEntry(name: "owner", value: [2])
      let tag = IndexEntry(name: "tag", value: [1, 0, 255])
      for number in 0..<30 {
        let entries = number % 3 == 0 ? [mine, tag] : number % 3 == 1 ? [theirs] : []
        try test.apply([.put(.thing("k\(100 + number)"), "x", indexes: entries)])
      }
      var found: [Record] = []
      var cursor: RecordCursor?
      repeat {
        let page = try test.store.find(kind, mine, after: cursor, limit: 4, BuiltPlugins.context())
        found += page.records
        cursor = page.next
      } while cursor != nil && found.count < 100
      XCTAssertEqual(found.map(\.key), (0..<10).map { .thing("k\(100 + 3 * $0)") })
      XCTAssertTrue(found.allSatisfy { Set($0.indexes) == [mine, tag] })
    }
  }

  func testAPutReplacesTheEntriesAndADeleteRemovesThem() throws {
    try Stores.each { test in
      let old = IndexEntry(name: "owner", value: [1])
      let new = IndexEntry(name: "owner", value: [2])
      func count(_ entry: IndexEntry) throws -> Int {
        try test.store.find(kind, entry, after: nil, limit: 10, BuiltPlugins.context()).records
          .count
      }
      try test.apply([.put(.thing("a"), "x", indexes: [old])])
      XCTAssertEqual(try count(old), 1)
      try test.apply([.put(.thing("a"), "x", indexes: [new])])
      XCTAssertEqual(try count(old), 0)
      XCTAssertEqual(try count(new), 1)
      try test.apply([Change(.thing("a"), .delete, expecting: .any)])
      XCTAssertEqual(try count(new), 0)
    }
  }

  func testAnswersForAnEmptyStoreAreEmpty() throws {
    try Stores.each { test in
      let page = try test.store.scan(kind, after: nil, limit: 1000, BuiltPlugins.context())
      XCTAssertTrue(page.records.isEmpty)
      XCTAssertNil(page.next)
      XCTAssertEqual(try test.store.statistics(BuiltPlugins.context()).records, [])
      XCTAssertNoThrow(try test.store.health(BuiltPlugins.context()))
    }
  }
}
