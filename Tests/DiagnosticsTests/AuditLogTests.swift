import Diagnostics
import Foundation
import XCTest

/// The audit log where the disk does not play along.
final class AuditLogTests: XCTestCase {
  func testWhatFitsIsKeptAndWhatIsLostIsCounted() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("audit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }  // The system clears it, too.
    let file = folder.appendingPathComponent("audit.log").path
    try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: "/dev/full")

    let audit = try AuditLog(.file(file))
    let quiet = Log(descriptor: open("/dev/null", O_WRONLY))
    let ended = expectation(description: "the writer has ended")
    Thread.detachNewThread {
      audit.run(log: quiet)
      ended.fulfill()
    }
    // Nothing can be written: the buffer fills up, and nobody waits.
    let long = String(repeating: "x", count: 100_000)
    let start = Date()
    for _ in 0..<100 { audit.record(.tokenIssued, [LogField("detail", long)]) }
    XCTAssertLessThan(Date().timeIntervalSince(start), 5)

    try FileManager.default.removeItem(atPath: file)
    try audit.reopen()
    // The writer tries again within a second, writes what it kept, then how many it lost.
    let deadline = Date().addingTimeInterval(10)
    var lines: [Substring] = []
    while Date() < deadline, !lines.contains(where: { $0.contains("audit.lost") }) {
      lines = (try? String(contentsOfFile: file, encoding: .utf8))?.split(separator: "\n") ?? []
      usleep(20_000)
    }
    audit.end()
    wait(for: [ended], timeout: 5)
    let kept = lines.filter { $0.contains("audit.token.issued") }.count
    let lost = try XCTUnwrap(lines.first { $0.contains("audit.lost") })
    XCTAssertGreaterThan(kept, 10)
    XCTAssertTrue(lost.hasSuffix("\"count\":\(100 - kept)}"), "\(kept) kept, \(lost)")
  }

  func testTheEndWritesWhatCameWhileTheDiskWasFull() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("audit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }  // The system clears it, too.
    let file = folder.appendingPathComponent("audit.log").path
    let complaints = folder.appendingPathComponent("log").path
    try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: "/dev/full")
    let audit = try AuditLog(.file(file))
    let log = Log(descriptor: open(complaints, O_WRONLY | O_CREAT, 0o600))
    let ended = expectation(description: "the writer has ended")
    Thread.detachNewThread {
      audit.run(log: log)
      ended.fulfill()
    }
    audit.record(.tokenIssued, [])
    let deadline = Date().addingTimeInterval(10)
    while Date() < deadline,
      try !String(contentsOfFile: complaints, encoding: .utf8).contains("audit.failed")
    {
      usleep(5000)
    }
    // The writer has the first in hand and pauses.
    audit.record(.tokenRevoked, [])
    try FileManager.default.removeItem(atPath: file)
    try audit.reopen()
    audit.end()
    wait(for: [ended], timeout: 5)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    XCTAssertTrue(text.contains("audit.token.issued"), text)
    XCTAssertTrue(text.contains("audit.token.revoked"), text)
  }

  func testADestinationThatCannotBeOpenedIsRefusedAtOnce() {
    XCTAssertThrowsError(try AuditLog(.file("/nowhere/audit.log"))) { error in
      XCTAssertEqual(
        "\(error)", "cannot append to /nowhere/audit.log: No such file or directory")
    }
  }
}
