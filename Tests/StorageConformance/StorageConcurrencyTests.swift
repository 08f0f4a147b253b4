import ConformanceSupport
import Dispatch
import PluginHost
import Ports
import XCTest

/// Many threads at once.
final class StorageConcurrencyTests: XCTestCase {
  /// Runs a body on so many threads at once.
  private func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let group = DispatchGroup()
    for number in 0..<count {
      let thread = Thread {
        body(number)
        group.leave()
      }
      group.enter()
      thread.start()
    }
    group.wait()
  }

  func testARecordIsConsumedByExactlyOneOf64Threads() throws {
    try Stores.each { test in
      for round in 0..<10 {
        let key = RecordKey.thing("code\(round)")
        let version = try XCTUnwrap(test.apply([.put(key, "x")]).first ?? nil)
        let winners = Tally(0)
        let conflicts = Tally(0)
        onThreads(64) { number in
          do throws(StorageError) {
            try test.apply([
              Change(key, .delete, expecting: .exact(version)),
              .put(.thing("token\(round).\(number)"), "t", expecting: .absent),
            ])
            winners.withLock { $0 += 1 }
          } catch {
            if case .conflict(change: 0) = error { conflicts.withLock { $0 += 1 } }
          }
        }
        XCTAssertEqual(winners.withLock { $0 }, 1)
        XCTAssertEqual(conflicts.withLock { $0 }, 63)
      }
      let tokens = try test.store.scan(
        RecordKind("thing"), after: nil, limit: 1000, BuiltPlugins.context())
      XCTAssertEqual(tokens.records.count, 10)
    }
  }

  func testACounterUnderContentionLosesNoStep() throws {
    try Stores.each { test in
      try test.apply([.put(.thing("counter"), "0")])
      onThreads(8) { _ in
        var steps = 0
        while steps < 25 {
          guard let record = try? test.get(.thing("counter")),
            let number = Int(String(decoding: record.value, as: UTF8.self))
          else { return }
          do throws(StorageError) {
            try test.apply([
              .put(.thing("counter"), "\(number + 1)", expecting: .exact(record.version))
            ])
            steps += 1
          } catch {
            guard case .conflict = error else { return }
          }
        }
      }
      XCTAssertEqual(try test.get(.thing("counter"))?.value, Array("200".utf8))
    }
  }

  func testWhoeverReadsAfterACompletionSeesIt() throws {
    try Stores.each { test in
      let missed = Tally(0)
      onThreads(8) { thread in
        for number in 0..<50 {
          let key = RecordKey.thing("\(thread).\(number)")
          guard (try? test.apply([.put(key, "x")])) != nil, (try? test.get(key)) != nil else {
            return missed.withLock { $0 += 1 }
          }
        }
      }
      XCTAssertEqual(missed.withLock { $0 }, 0)
    }
  }

  func testVersionsOfConcurrentWritersDiffer() throws {
    try Stores.each { test in
      let versions = Tally<[RecordVersion]>([])
      onThreads(16) { thread in
        for number in 0..<20 {
          // A failure shows in the count below.
          let given = try? test.apply([.put(.thing("\(thread).\(number)"), "x")])
          versions.withLock { $0 += (given ?? []).compactMap { $0 } }
        }
      }
      let all = versions.withLock { $0 }
      XCTAssertEqual(all.count, 320)
      XCTAssertEqual(Set(all).count, 320)
    }
  }
}
