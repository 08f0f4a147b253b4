import Foundation
import Harness
import XCTest

/// The fixture's grant, built as somebody would who writes one in C.
enum GrantInC {
  static func compile(_ flags: [String], to path: String) throws {
    let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let include = Program.checkout.appendingPathComponent("Modules/CSallyport/include").path
    let arguments = [
      "-shared", "-fPIC", "-std=c11", "-Wall", "-Wextra", "-Werror", "-I", include,
      here.appendingPathComponent("Fixtures/grant.c").path, "-o", path,
    ]
    let result = try execute("cc", arguments + flags)
    XCTAssertEqual(result.exitCode, 0, result.errors)
    chmod(path, 0o600)
  }
}
