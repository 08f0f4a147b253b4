import ConformanceSupport
import XCTest

/// The stores that the contract is held against: a new one is one line here.
enum Stores {
  static let all = [
    "storage-sqlite",
    "storage-memory",
  ]

  /// Runs a test on each store, empty and in a folder of its own.
  static func each(_ test: (StoreUnderTest) throws -> Void) throws {
    for plugin in all {
      do {
        try test(try StoreUnderTest(plugin))
      } catch {
        XCTFail("\(plugin): \(error)")
      }
    }
  }
}
