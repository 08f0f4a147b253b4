import Foundation

/// A private folder that goes with its owner: folders 0700, files 0600.
package final class ScratchFolder: Sendable {
  package let root: String

  package init() throws {
    let parent = FileManager.default.temporaryDirectory.path
    var template = Array("\(parent)/sallyport-test.XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw Problem("no temporary folder: \(errno)") }
    root = String(cString: made)
  }

  deinit {
    // A folder that is left behind is a nuisance, not a fault of what is tested.
    try? FileManager.default.removeItem(atPath: root)
  }

  package func path(_ name: String) -> String { "\(root)/\(name)" }

  package func write(_ name: String, _ text: String, mode: mode_t = 0o600) throws {
    try write(name, Array(text.utf8), mode: mode)
  }

  package func write(_ name: String, _ bytes: [UInt8], mode: mode_t = 0o600) throws {
    let folder = URL(fileURLWithPath: path(name)).deletingLastPathComponent().path
    if folder != root { try makeFolder(folder) }
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    chmod(path(name), mode)
  }

  package func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(name))), as: UTF8.self)
  }

  package func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: path(name))
  }

  private func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }
}
