internal import Foundation

/// A folder of its own for one test, mode 0700, gone when the test lets go of it.
public final class TemporaryFolder: Sendable {
  /// Where it is.
  public let path: String

  /// Makes one under the system's temporary folder.
  public init() throws {
    var template = Array((NSTemporaryDirectory() + "sallyport-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw CocoaError(.fileWriteUnknown)
    }
    let length = template.firstIndex(of: 0) ?? template.count
    path = String(
      decoding: template[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    // The system clears its temporary folder of what could not be removed here.
    try? FileManager.default.removeItem(atPath: path)
  }

  /// A path inside.
  public func file(_ name: String) -> String { "\(path)/\(name)" }
}
