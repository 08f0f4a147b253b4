internal import Foundation

/// Feeds a parser what libFuzzer makes up: no input may crash, hang or grow without bound, and the
/// properties of each target hold for all of them.
///
/// `FUZZ_TARGET` names the parser; the arguments are libFuzzer's own.
@main
enum Fuzz {
  /// The table of contents.
  static let targets: [String: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32] = [
    "http": { HTTPFuzzing.run(bytes($0, $1)) },
    "json5": { JSONFuzzing.run(bytes($0, $1)) },
    "jose": { JOSEFuzzing.run(bytes($0, $1)) },
    "jwe": { JWEFuzzing.run(bytes($0, $1)) },
  ]

  static func main() {
    let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
    guard let target = targets[name] else {
      print("FUZZ_TARGET is one of: \(targets.keys.sorted().joined(separator: ", "))")
      exit(2)
    }
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    exit(runDriver(&count, &arguments, target))
  }

  private static func bytes(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: start, count: count))
  }

  /// Stops the run: libFuzzer keeps the input that led here.
  static func broken(_ property: String) -> Never { fatalError(property) }
}

/// The package manager renames `main`, so libFuzzer's own is called by its function.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ target: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32
