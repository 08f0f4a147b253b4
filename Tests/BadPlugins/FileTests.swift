import ConformanceSupport
import Foundation
import PluginHost
import XCTest

/// What is refused before a line of the library runs.
final class FileTests: XCTestCase {
  func testAMissingFileIsNamedWithWhereItWasLookedFor() throws {
    let folder = try TemporaryFolder()
    let loader = PluginLoader(directories: [folder.path, "/nonexistent"])
    assertRefused("plugin.not_found", naming: folder.file("libgrant-none.so")) {
      _ = try loader.load("grant-none")
    }
    assertRefused("plugin.not_found", naming: "/nonexistent/x.so") {
      _ = try loader.load("/nonexistent/x.so")
    }
  }

  func testAFolderAndAPipeAreNoPlugins() throws {
    let folder = try TemporaryFolder()
    assertRefused("plugin.not_regular_file", naming: folder.path) {
      _ = try PluginLoader(directories: []).load(folder.path)
    }
    let pipe = folder.file("pipe")
    XCTAssertEqual(mkfifo(pipe, 0o600), 0)
    assertRefused("plugin.not_regular_file", naming: pipe) {
      _ = try PluginLoader(directories: []).load(pipe)
    }
  }

  func testAFileThatOthersMayWriteIsRefused() throws {
    let library = try BadLibrary("refused")
    for mode: mode_t in [0o775, 0o757, 0o777] {
      try library.setMode(mode, of: library.path)
      assertRefused("plugin.writable_by_others", naming: String(mode, radix: 8)) {
        _ = try library.load()
      }
    }
    try library.setMode(0o755, of: library.path)
    XCTAssertNoThrow(try library.load())
  }

  func testAFolderThatOthersMayWriteIsRefusedUnlessItIsSticky() throws {
    let library = try BadLibrary("refused")
    try library.setMode(0o777, of: library.folder.path)
    assertRefused("plugin.writable_by_others", naming: library.folder.path) {
      _ = try library.load()
    }
    try library.setMode(0o1777, of: library.folder.path)
    XCTAssertNoThrow(try library.load())
  }

  func testALinkLeadsToTheChecksOfWhatItNames() throws {
    let library = try BadLibrary("refused")
    let other = try TemporaryFolder()
    let link = other.file("link.so")
    XCTAssertEqual(symlink(library.path, link), 0)
    let loader = PluginLoader(directories: [])
    XCTAssertEqual(try loader.load(link).path, library.path)
    try library.setMode(0o777, of: library.folder.path)
    assertRefused("plugin.writable_by_others", naming: library.folder.path) {
      _ = try loader.load(link)
    }
  }

  func testAStrangersFileIsRefused() throws {
    try XCTSkipIf(geteuid() != 0, "only root can give a file away")
    let library = try BadLibrary("refused")
    XCTAssertEqual(chown(library.path, 12_345, 12_345), 0)
    assertRefused("plugin.wrong_owner", naming: "12345") { _ = try library.load() }
  }

  func testAWrongDigestIsRefusedAndTheRightOneTaken() throws {
    let library = try BadLibrary("refused")
    let sha256 = try library.load().sha256
    assertRefused("plugin.wrong_sha256", naming: sha256) {
      _ = try library.load(sha256: [UInt8](repeating: 7, count: 32))
    }
    let right = stride(from: 0, to: 64, by: 2).compactMap { position in
      UInt8(sha256.dropFirst(position).prefix(2), radix: 16)
    }
    XCTAssertNoThrow(try library.load(sha256: right))
  }

  func testWhatIsNoLibraryIsRefusedByTheLinker() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("text.so")
    try Data("#!/bin/sh\n".utf8).write(to: URL(fileURLWithPath: path))
    assertRefused("plugin.not_loadable", naming: path) {
      _ = try PluginLoader(directories: []).load(path)
    }
  }

  func testAFileThatIsWrittenOverAfterItWasLoadedIsRefused() throws {
    let library = try BadLibrary("refused")
    let loader = PluginLoader(directories: [])
    _ = try loader.load(library.path)
    let file = try XCTUnwrap(FileHandle(forWritingAtPath: library.path))
    try file.seekToEnd()
    try file.write(contentsOf: Data([0]))
    try file.close()
    assertRefused("plugin.changed_in_place", naming: library.path) {
      _ = try loader.load(library.path)
    }
  }

  func testOneFileIsLoadedOnceWhateverItIsCalled() throws {
    let library = try BadLibrary("refused")
    let loader = PluginLoader(directories: [library.folder.path])
    XCTAssertTrue(try loader.load("bad") === loader.load(library.path))
  }
}
