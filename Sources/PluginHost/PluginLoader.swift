internal import Glibc

/// Finds, checks and loads plugins, each file once; what it has loaded it never unloads.
///
/// Unloading an image with Swift in it crashes the host, and a plugin is trusted code for as long
/// as the process lives.
public final class PluginLoader: Sendable {
  private let directories: [String]
  private let loaded = Guarded<[PluginFile.Identity: Plugin]>([:])

  /// A loader that looks for names in these folders, in this order.
  public init(directories: [String]) { self.directories = directories }

  /// Where plugins lie by default: beside the binary, then in `../lib/sallyport/plugins`.
  public static func standardDirectories() -> [String] {
    guard let binary = linkTarget("/proc/self/exe") else { return [] }
    let folder = binary.lastIndex(of: "/").map { String(binary[..<$0]) } ?? "."
    return [folder, folder + "/../lib/sallyport/plugins"]
  }

  /// Loads a plugin by a name (`grant-x` is `libgrant-x.so` in a folder of the loader) or a path
  /// (whatever has a slash), and checks its SHA-256 if one is given.
  public func load(_ name: String, sha256: [UInt8]? = nil) throws(PluginError) -> Plugin {
    let file = try PluginFile(opening: try find(name), expecting: sha256)
    return try loaded.withLock { loaded throws(PluginError) in
      if let plugin = loaded[file.identity] {
        close(file.descriptor)
        guard plugin.sha256 == PluginFile.hex(file.digest) else {
          throw .changedInPlace(path: file.path)
        }
        return plugin
      }
      let plugin = try Plugin(PluginImage(file))
      loaded[file.identity] = plugin
      return plugin
    }
  }

  private func find(_ name: String) throws(PluginError) -> String {
    let candidates =
      name.contains("/") ? [name] : directories.map { "\($0)/lib\(name).so" }
    for path in candidates where access(path, F_OK) == 0 { return path }
    throw .notFound(name: name, searched: candidates)
  }
}
