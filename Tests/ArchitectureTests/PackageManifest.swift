import Foundation

/// What `Package.swift` says about modules and plugins, in its own order.
struct PackageManifest {
  struct Target: Equatable {
    let name: String
    let path: String
    let uses: Set<String>
  }

  /// `module(…)` entries and the executable, lowest level first.
  let modules: [Target]
  /// `plugin(…)` entries.
  let plugins: [Target]
  /// Targets that hold C: `Modules/*`.
  let systemModules: Set<String>

  init(_ text: String) {
    systemModules = Set(
      Self.matches(#"path: "Modules/(\w+)""#, in: text).compactMap { $0.first })
    let declared = Self.matches(#"module\(\s*"(\w+)",\s*uses: \[([^\]]*)\]"#, in: text)
    let executables = Self.matches(
      #"executableTarget\(\s*name: "(sallyport)",\s*dependencies: \[([^\]]*)\]"#, in: text)
    modules = (declared + executables).map {
      Target(name: $0[0], path: "Sources/\($0[0])", uses: Self.strings($0[1]))
    }
    plugins = Self.matches(
      #"plugin\(\s*"(\w+)",\s*at: "([^"]+)"(?:,\s*uses: \[([^\]]*)\])?"#, in: text
    ).map {
      Target(
        name: $0[0], path: "Plugins/\($0[1])",
        uses: Self.strings($0[2]).union(["CSallyport", "SallyportPlugin"]))
    }
  }

  private static func strings(_ list: String) -> Set<String> {
    Set(matches(#""(\w+)""#, in: list).compactMap { $0.first })
  }

  /// The groups of each match; a group that took no part is empty.
  private static func matches(_ pattern: String, in text: String) -> [[String]] {
    guard let expression = try? NSRegularExpression(pattern: pattern) else { return [] }
    let all = NSRange(text.startIndex..., in: text)
    return expression.matches(in: text, range: all).map { match in
      (1..<match.numberOfRanges).map { index in
        Range(match.range(at: index), in: text).map { String(text[$0]) } ?? ""
      }
    }
  }
}
