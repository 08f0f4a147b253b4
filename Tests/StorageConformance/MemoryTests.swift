import ConformanceSupport
import JSON
import PluginHost
import Ports
import XCTest

/// What is different in memory.
final class MemoryTests: XCTestCase {
  func testItPromisesNothingOfTheDisk() throws {
    let test = try StoreUnderTest("storage-memory")
    XCTAssertEqual(test.store.capabilities, [.linearizable, .nonBlockingGet])
    XCTAssertThrowsError(try test.store.backup(to: "/nonexistent", BuiltPlugins.context())) {
      XCTAssertTrue("\($0)".contains("storage-sqlite"), "\($0)")
    }
  }

  func testItIsFullAtItsBound() throws {
    let test = try StoreUnderTest("storage-memory", ["maximumBytes": 100])
    try test.apply([.put(.thing("a"), String(repeating: "x", count: 80))])
    XCTAssertThrowsError(try test.apply([.put(.thing("b"), String(repeating: "x", count: 80))])) {
      guard case .full? = $0 as? StorageError else { return XCTFail("\($0)") }
    }
    try test.apply([.put(.thing("a"), String(repeating: "y", count: 99))])
    try test.apply([Change(.thing("a"), .delete, expecting: .any)])
    try test.apply([.put(.thing("b"), String(repeating: "x", count: 80))])
  }
}
