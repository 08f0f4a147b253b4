import Foundation

/// Where the built artefacts lie: beside this test bundle.
package enum Program {
  /// The folder of the test bundle, the program and the plugins.
  package static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["SALLYPORT_BIN"] {
      return URL(fileURLWithPath: path).deletingLastPathComponent()
    }
    return URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent()
  }()

  /// The built program; `SALLYPORT_BIN` names another.
  package static let sallyport =
    ProcessInfo.processInfo.environment["SALLYPORT_BIN"]
    ?? folder.appendingPathComponent("sallyport").path

  /// A built plugin, by its name in a config.
  package static func plugin(_ name: String) -> String {
    folder.appendingPathComponent("lib\(name).so").path
  }

  /// The checkout.
  package static let checkout = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The sources of these helpers.
  static let support = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
}
