internal import Foundation

/// The system's C compiler, for plugins that a test builds outside the package.
public struct CCompiler {
  /// What the compiler said, and whether it was content.
  public struct Result {
    /// Zero if it was.
    public let status: Int32
    /// Its messages.
    public let output: String
  }

  /// The folder of the plugin header.
  public static let headers = repository + "/Modules/CSallyport/include"

  /// The root of the checkout.
  public static let repository: String = {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
  }()

  /// Compiles one file to a shared library.
  public static func library(_ source: String, to output: String, flags: [String] = []) throws
    -> Result
  {
    try run(
      "cc",
      ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-shared", "-fPIC", "-I", headers]
        + flags + [source, "-o", output])
  }

  /// Runs a program from the path.
  public static func run(_ program: String, _ arguments: [String]) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
  }
}
