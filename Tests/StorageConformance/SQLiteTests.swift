import CSQLite
import ConformanceSupport
import Foundation
import JSON
import PluginHost
import Ports
import XCTest

/// What only a store on a disk can meet.
final class SQLiteTests: XCTestCase {
  private static let plugin = "storage-sqlite"
  private static let fileName = "sallyport.db"

  /// Another process's connection, as it were.
  private func withConnection(_ path: String, _ body: (OpaquePointer) throws -> Void) throws {
    var connection: OpaquePointer?
    XCTAssertEqual(sqlite3_open(path, &connection), SQLITE_OK)
    defer { sqlite3_close(connection) }
    try body(try XCTUnwrap(connection))
  }

  private func assertRefused(_ text: String, in folder: TemporaryFolder, line: UInt = #line) {
    XCTAssertThrowsError(try StoreUnderTest(Self.plugin, in: folder), line: line) { error in
      guard case .creationFailed? = error as? PluginError else {
        return XCTFail("\(error)", line: line)
      }
      XCTAssertTrue("\(error)".contains(text), "\(error)", line: line)
    }
  }

  func testItIsDurableOnlyWithFullSynchronisation() throws {
    XCTAssertEqual(
      try StoreUnderTest(Self.plugin).store.capabilities, [.durable, .linearizable])
    XCTAssertEqual(
      try StoreUnderTest(Self.plugin, ["synchronous": "normal"]).store.capabilities,
      [.linearizable])
  }

  func testItsFilesAreForItsUserOnly() throws {
    let test = try StoreUnderTest(Self.plugin)
    try test.apply([.put(.thing("a"), "x")])
    for suffix in ["", "-wal", "-shm"] {
      var status = stat()
      XCTAssertEqual(stat(test.folder.file(Self.fileName + suffix), &status), 0, suffix)
      XCTAssertEqual(status.st_mode & 0o777, 0o600, suffix)
    }
  }

  func testAFileThatOthersMayReadIsRefused() throws {
    let folder = try TemporaryFolder()
    XCTAssertTrue(
      FileManager.default.createFile(
        atPath: folder.file(Self.fileName), contents: Data(), attributes: [.posixPermissions: 0o644]
      ))
    assertRefused("chmod 600", in: folder)
  }

  func testANewerSchemaIsRefused() throws {
    let folder = try TemporaryFolder()
    _ = try StoreUnderTest(Self.plugin, in: folder)
    try withConnection(folder.file(Self.fileName)) {
      XCTAssertEqual(sqlite3_exec($0, "PRAGMA user_version = 2", nil, nil, nil), SQLITE_OK)
    }
    assertRefused("schema version 2, expected 1; update Sallyport", in: folder)
  }

  func testADatabaseOfAnotherProgramAndRubbishAreRefused() throws {
    let folder = try TemporaryFolder()
    try withConnection(folder.file(Self.fileName)) {
      XCTAssertEqual(sqlite3_exec($0, "CREATE TABLE theirs (x)", nil, nil, nil), SQLITE_OK)
    }
    chmod(folder.file(Self.fileName), 0o600)
    assertRefused("another program", in: folder)
    let other = try TemporaryFolder()
    XCTAssertTrue(
      FileManager.default.createFile(
        atPath: other.file(Self.fileName), contents: Data(repeating: 7, count: 8192),
        attributes: [.posixPermissions: 0o600]))
    assertRefused("not a database", in: other)
  }

  func testAPathThatCannotBeMadeIsRefused() throws {
    XCTAssertThrowsError(try StoreUnderTest(Self.plugin, ["path": "none/x.db"])) {
      XCTAssertTrue("\($0)".contains("/path: "), "\($0)")
    }
    XCTAssertThrowsError(try StoreUnderTest(Self.plugin, ["synchronous": "maybe"])) {
      XCTAssertTrue("\($0)".contains("/synchronous: found \"maybe\""), "\($0)")
    }
  }

  func testAFullStoreSaysSoLosesNothingAndGoesOnReading() throws {
    let test = try StoreUnderTest(Self.plugin, ["maximumBytes": 262_144])
    let value = String(repeating: "v", count: 8000)
    var stored = 0
    var refusal: StorageError?
    while refusal == nil, stored < 1000 {
      do throws(StorageError) {
        try test.apply([.put(.thing("k\(stored)"), value)])
        stored += 1
      } catch {
        refusal = error
      }
    }
    guard case .full(let detail)? = refusal else {
      return XCTFail("\(String(describing: refusal))")
    }
    XCTAssertTrue(detail.contains("full"), detail)
    XCTAssertGreaterThan(stored, 5)
    for number in 0..<stored {
      XCTAssertEqual(try test.get(.thing("k\(number)"))?.value.count, 8000)
    }
    XCTAssertNil(try test.get(.thing("k\(stored)")))
    try test.apply([Change(.thing("k0"), .delete, expecting: .any)])
  }

  func testAFullQueueIsBusyAndADeadlineInTheQueueIsNeverWritten() throws {
    let test = try StoreUnderTest(Self.plugin, ["queue": 1, "busyTimeoutMilliseconds": 60_000])
    try withConnection(test.folder.file(Self.fileName)) { lock in
      XCTAssertEqual(sqlite3_exec(lock, "BEGIN IMMEDIATE", nil, nil, nil), SQLITE_OK)
      let ends = ["taken", "queued", "refused"].map { name in
        let end = expectation(description: name)
        let result = Box()
        test.store.apply(
          [.put(.thing(name), "x")], BuiltPlugins.context(milliseconds: 300)
        ) {
          result.value = $0
          end.fulfill()
        }
        // The writer's thread takes the first one out of the queue.
        if name == "taken" { Thread.sleep(forTimeInterval: 0.1) }
        return (end, result)
      }
      wait(for: ends.map(\.0), timeout: 10)
      for end in ends.prefix(2) {
        guard case .failure(.unknown)? = end.1.value else {
          return XCTFail("\(String(describing: end.1.value))")
        }
      }
      XCTAssertEqual(ends[2].1.value?.failure, .busy)
      XCTAssertEqual(sqlite3_exec(lock, "COMMIT", nil, nil, nil), SQLITE_OK)
    }
    try applyOnceNotBusy(.put(.thing("afterwards"), "x"), test)
    XCTAssertNotNil(try test.get(.thing("afterwards")))
    XCTAssertNil(try test.get(.thing("taken")), "nobody waited for it any more")
    XCTAssertNil(try test.get(.thing("queued")), "nobody waited for it any more")
    XCTAssertNil(try test.get(.thing("refused")))
  }

  /// SQLite looks at a lock again only some time after it was let go.
  private func applyOnceNotBusy(_ change: Change, _ test: StoreUnderTest) throws {
    let end = Date(timeIntervalSinceNow: 10)
    while true {
      do throws(StorageError) {
        try test.apply([change])
        return
      } catch {
        guard error == .busy, Date() < end else { throw error }
        Thread.sleep(forTimeInterval: 0.01)
      }
    }
  }

  func testABackupIsAWholeStoreOfItsOwn() throws {
    let test = try StoreUnderTest(Self.plugin)
    for number in 0..<100 { try test.apply([.put(.thing("k\(number)"), "\(number)")]) }
    let folder = try TemporaryFolder()
    let path = folder.file(Self.fileName)
    try test.store.backup(to: path, BuiltPlugins.context())
    var status = stat()
    XCTAssertEqual(stat(path, &status), 0)
    XCTAssertEqual(status.st_mode & 0o777, 0o600)
    XCTAssertThrowsError(try test.store.backup(to: path, BuiltPlugins.context()))
    let copy = try StoreUnderTest(Self.plugin, in: folder)
    for number in 0..<100 {
      let key = RecordKey.thing("k\(number)")
      XCTAssertEqual(try copy.get(key)?.value, try test.get(key)?.value)
      XCTAssertEqual(try copy.get(key)?.version, try test.get(key)?.version)
    }
  }

  func testManyWritesShareOneCommit() throws {
    let test = try StoreUnderTest(Self.plugin)
    let count = 500
    let ends = (0..<count).map { number in
      let end = expectation(description: "\(number)")
      test.store.apply([.put(.thing("k\(number)"), "x")], BuiltPlugins.context()) { result in
        if case .success = result { end.fulfill() }
      }
      return end
    }
    wait(for: ends, timeout: 20)
    XCTAssertEqual(
      try test.store.statistics(BuiltPlugins.context()).records.first?.count, UInt64(count))
  }
}

/// What a completion brought.
private final class Box: @unchecked Sendable {
  // Written once before its expectation is fulfilled, read after it was waited for.
  var value: Result<[RecordVersion?], StorageError>?
}

extension Result {
  fileprivate var failure: Failure? {
    if case .failure(let failure) = self { failure } else { nil }
  }
}
