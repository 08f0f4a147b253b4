import Foundation

/// Rules on the text of a file.
///
/// Each gives the faults it finds, so that a test can also try it on
/// a text that breaks it.
enum SourceRules {
  /// The modules that a file imports, with the number of the line.
  static func imports(_ file: SourceTree.File) -> [(module: String, line: Int)] {
    file.lines.enumerated().compactMap { index, line in
      var words = line.split(whereSeparator: { $0 == " " }).map(String.init)
      while let first = words.first,
        first.hasPrefix("@") || ["public", "internal", "package", "private"].contains(first)
      {
        words.removeFirst()
      }
      guard words.count >= 2, words[0] == "import" else { return nil }
      // `import struct Module.Name` names its module before the dot.
      let kinds = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
      let name = kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
      return (String(name.split(separator: ".")[0]), index + 1)
    }
  }

  static func undeclaredImports(_ file: SourceTree.File, allowed: Set<String>) -> [String] {
    imports(file).filter { !allowed.contains($0.module) }
      .map { "\(file.path):\($0.line): imports \($0.module), which Package.swift does not list" }
  }

  /// An error that is dropped without a word why: `try?` with no comment on its line, or above it
  /// and others of its kind.
  static func silentErrors(_ file: SourceTree.File) -> [String] {
    file.lines.indices.compactMap { index in
      guard isSilent(file.lines[index]) else { return nil }
      let above = file.lines[..<index].last { !isSilent($0) } ?? ""
      let said = file.lines[index].contains("//") || above.contains("//")
      return said ? nil : "\(file.path):\(index + 1): try? without a comment that says why"
    }
  }

  /// Whether a line says `try?`, and not only the end of a name like `Registry?`.
  private static func isSilent(_ line: String) -> Bool {
    code(line).contains(/(^|[^A-Za-z_])try\?/)
  }

  static func forcedOperations(_ file: SourceTree.File) -> [String] {
    found(["try!", "as!", "fatalError()", "preconditionFailure()"], in: file)
  }

  /// Only where the other side of a C call may be broken beyond repair may the process be ended, with a reason.
  static func deliberateEnds(_ file: SourceTree.File) -> [String] {
    let allowed = ["Sources/Cryptography/", "Sources/SallyportPlugin/", "Sources/Transport/"]
    guard !allowed.contains(where: { file.path.hasPrefix($0) }) else { return [] }
    return found(["fatalError(", "preconditionFailure("], in: file)
  }

  static func unfinishedWork(_ file: SourceTree.File) -> [String] {
    // Spelled in pieces, so that this file does not find itself.
    let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]
    return file.lines.enumerated().flatMap { index, line in
      words.filter { line.range(of: "\\b\($0)\\b", options: .regularExpression) != nil }
        .map { "\(file.path):\(index + 1): \($0)" }
    }
  }

  static func machinePaths(_ file: SourceTree.File) -> [String] {
    found(
      ["/wo" + "rk/", "/fa" + "rm/", "/opt/" + "swift", "/ro" + "ot/", "bash_" + "jobs"], in: file,
      codeOnly: false)
  }

  static func tooLong(_ file: SourceTree.File, limit: Int) -> [String] {
    let count = file.lines.last == "" ? file.lines.count - 1 : file.lines.count
    return count > limit ? ["\(file.path): \(count) lines, at most \(limit)"] : []
  }

  static func vagueNames(_ file: SourceTree.File) -> [String] {
    let words = ["Manager", "Helper", "Util", "Misc", "Common", "Impl."]
    return words.filter { file.name.contains($0) }
      .map { "\(file.path): \($0) says nothing; name it by its role" }
  }

  private static func found(
    _ words: [String], in file: SourceTree.File, codeOnly: Bool = true
  ) -> [String] {
    file.lines.enumerated().flatMap { index, line in
      words.filter { (codeOnly ? code(line) : line).contains($0) }
        .map { "\(file.path):\(index + 1): \($0)" }
    }
  }

  /// The line up to its comment.
  ///
  /// A string that holds `//` loses its end: good enough here.
  private static func code(_ line: String) -> String {
    line.range(of: "//").map { String(line[..<$0.lowerBound]) } ?? line
  }
}
