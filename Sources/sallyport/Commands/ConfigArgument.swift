internal import Configuration
internal import Glibc

/// Which config a command is about: `--config FILE`, `--demo`, or `sallyport.json5` here.
enum ConfigArgument {
  static let options = [
    Command.Option("--config", "FILE", "The config (default: sallyport.json5 in this folder)"),
    Command.Option("--demo", nil, "The demonstration's config, etc/demo.json5"),
  ]

  /// A config file and whether it is the demonstration's.
  struct Place {
    let path: String
    let isDemo: Bool
  }

  static func place(_ arguments: Arguments) throws(CommandFailure) -> Place {
    let path = try arguments.value("--config")
    guard arguments.has("--demo") else {
      return Place(path: path ?? "sallyport.json5", isDemo: false)
    }
    if let path { return Place(path: path, isDemo: true) }
    let candidates = demoCandidates()
    guard let found = candidates.first(where: { access($0, R_OK) == 0 }) else {
      throw .operation(
        "the demonstration's config is not there; looked for \(candidates.joined(separator: ", "));"
          + " name it with --config")
    }
    return Place(path: found, isDemo: true)
  }

  static func load(_ arguments: Arguments) throws(CommandFailure) -> GatewayOptions {
    let place = try place(arguments)
    do throws(ConfigurationFaults) {
      return try ConfigurationFile.load(path: place.path, demo: place.isDemo)
    } catch {
      throw .configuration(error.faults.map(\.description))
    }
  }

  /// In the folder we are in (a checkout), beside the binary's folder (an installation), and above
  /// the build folder that the binary lies in.
  private static func demoCandidates() -> [String] {
    var buffer = [CChar](repeating: 0, count: 4097)
    let count = readlink("/proc/self/exe", &buffer, 4096)
    let binary = String(
      decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let folders = binary.split(separator: "/").dropLast()
    let installed =
      "/"
      + (folders.dropLast() + ["share", "sallyport", "demo.json5"])
      .joined(separator: "/")
    let build = folders.lastIndex { $0.hasPrefix(".build") }
    let checkout = build.map {
      "/" + (folders[..<$0] + ["etc", "demo.json5"]).joined(separator: "/")
    }
    return ["etc/demo.json5"] + (checkout.map { [$0] } ?? []) + [installed]
  }
}
