import Foundation

/// The checkout that these tests were compiled from.
struct SourceTree {
  let root: URL

  /// One file, with its path from the root and its lines.
  struct File {
    let path: String
    let lines: [String]

    var name: String { String(path.split(separator: "/").last ?? "") }
  }

  init(file: String = #filePath) {
    // Tests/ArchitectureTests/SourceTree.swift
    root = URL(fileURLWithPath: file)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }

  func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  func names(in folder: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: root.appendingPathComponent(folder).path
    ).sorted()
  }

  /// Every text file under these folders, or only those that end so.
  func files(under folders: [String], endings: [String] = []) -> [File] {
    folders.flatMap { folder -> [File] in
      let base = root.appendingPathComponent(folder)
      guard let paths = FileManager.default.subpaths(atPath: base.path) else { return [] }
      return paths.sorted().compactMap { path in
        guard endings.isEmpty || endings.contains(where: { path.hasSuffix($0) }) else { return nil }
        let url = base.appendingPathComponent(path)
        // What is no UTF-8 text (a folder, a compiled thing) is none of these tests' business.
        guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
        return File(
          path: "\(folder)/\(path)",
          lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
      }
    }
  }
}
