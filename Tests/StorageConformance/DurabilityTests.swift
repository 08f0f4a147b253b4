import ConformanceSupport
import Foundation
import PluginHost
import Ports
import XCTest

/// What was acknowledged outlives `kill -9`, under load, again and again.
final class DurabilityTests: XCTestCase {
  private static let rounds = 20

  func testNothingAcknowledgedIsLostWhenTheProcessIsKilled() throws {
    let folder = try TemporaryFolder()
    var acknowledged: [String] = []
    for round in 0..<Self.rounds {
      acknowledged += try killWriter(
        "storage-sqlite", folder, round, afterMilliseconds: 60 + round * 37 % 150)
    }
    XCTAssertGreaterThan(acknowledged.count, Self.rounds * 10, "there was hardly any load")
    XCTAssertEqual(Set(acknowledged).count, acknowledged.count)
    let test = try StoreUnderTest("storage-sqlite", in: folder)
    let first = try keys(RecordKind("first"), test)
    let twins = try keys(RecordKind("twin"), test)
    XCTAssertEqual(Set(acknowledged).subtracting(first), [], "acknowledged and lost")
    XCTAssertEqual(first, twins, "an apply was split")
    print("kill -9: \(Self.rounds) rounds, \(acknowledged.count) acknowledged, none lost")
  }

  func testAWriteThatFailsAtWhateverPlaceLosesNothingThatWasAcknowledged() throws {
    for limit in stride(from: 60_000, through: 600_000, by: 30_000) {
      let folder = try TemporaryFolder()
      let process = try writer("storage-sqlite", folder, 0, [String(limit)])
      let acknowledged = lines(process.output.readDataToEndOfFile())
      process.process.waitUntilExit()
      XCTAssertEqual(process.process.terminationStatus, 3, "\(limit)")
      let test = try StoreUnderTest("storage-sqlite", in: folder)
      let first = try keys(RecordKind("first"), test)
      XCTAssertEqual(Set(acknowledged).subtracting(first), [], "acknowledged and lost, \(limit)")
      XCTAssertEqual(first, try keys(RecordKind("twin"), test), "an apply was split, \(limit)")
      XCTAssertNoThrow(try test.apply([.put(.thing("afterwards"), "x")]))
    }
  }

  /// Runs the writer, kills it, and returns what it had said was acknowledged.
  private func killWriter(
    _ plugin: String, _ folder: TemporaryFolder, _ round: Int, afterMilliseconds: Int
  ) throws -> [String] {
    let (process, pipe) = try writer(plugin, folder, round)
    var output = pipe.availableData
    let end = Date(timeIntervalSinceNow: Double(afterMilliseconds) / 1000)
    while Date() < end { output += pipe.availableData }
    XCTAssertTrue(process.isRunning, "the writer ended by itself")
    kill(process.processIdentifier, SIGKILL)
    output += pipe.readDataToEndOfFile()
    process.waitUntilExit()
    XCTAssertEqual(process.terminationReason, .uncaughtSignal)
    return lines(output)
  }

  private func writer(
    _ plugin: String, _ folder: TemporaryFolder, _ round: Int, _ arguments: [String] = []
  ) throws -> (process: Process, output: FileHandle) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("StorageWriter")
    process.arguments = [plugin, folder.path, "\(round)"] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    return (process, pipe.fileHandleForReading)
  }

  private func lines(_ data: Data) -> [String] {
    String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private func keys(_ kind: RecordKind, _ test: StoreUnderTest) throws -> Set<String> {
    var keys: Set<String> = []
    var cursor: RecordCursor?
    repeat {
      let page = try test.store.scan(kind, after: cursor, limit: 1000, BuiltPlugins.context())
      keys.formUnion(page.records.map { String(decoding: $0.key.key, as: UTF8.self) })
      cursor = page.next
    } while cursor != nil
    return keys
  }

  func testWhatIsStoredIsThereAfterReopeningAndVersionsGoOn() throws {
    let folder = try TemporaryFolder()
    var last: RecordVersion?
    for round in 0..<3 {
      let test = try StoreUnderTest("storage-sqlite", in: folder)
      if round > 0 { XCTAssertEqual(try test.get(.thing("a"))?.version, last) }
      let version = try XCTUnwrap(test.apply([.put(.thing("a"), "\(round)")]).first ?? nil)
      XCTAssertGreaterThan(version.number, last?.number ?? 0)
      last = version
    }
  }
}
