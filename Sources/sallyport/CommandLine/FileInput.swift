internal import Glibc

/// Bytes that a command is given: on standard input, or in a file or pipe that it is told of.
enum FileInput {
  /// All of standard input, at most so many bytes.
  static func standard(limit: Int) throws(CommandFailure) -> [UInt8] {
    try read(STDIN_FILENO, "standard input", limit)
  }

  /// All of standard input without the line's end that a shell puts there.
  static func line(limit: Int) throws(CommandFailure) -> [UInt8] {
    var bytes = try standard(limit: limit)
    while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
      bytes.removeLast()
    }
    return bytes
  }

  /// The first line of a file, without its end: a password.
  static func firstLine(of path: String) throws(CommandFailure) -> [UInt8] {
    let line = Array(try file(path, limit: 4096).prefix { $0 != 0x0a && $0 != 0x0d })
    guard !line.isEmpty else { throw .operation("\(path): its first line is empty; put it there") }
    return line
  }

  /// All of a file, or of a pipe such as a shell's `<(command)`, at most so many bytes.
  static func file(_ path: String, limit: Int) throws(CommandFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else {
      throw .operation("\(path): cannot open: \(reason()); create it or mend the path")
    }
    defer { close(descriptor) }
    return try read(descriptor, path, limit)
  }

  private static func read(
    _ descriptor: Int32, _ name: String, _ limit: Int
  ) throws(CommandFailure) -> [UInt8] {
    var result: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = block.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return result }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw .operation("\(name): cannot read: \(reason()); give it something to read")
      }
      result += block.prefix(count)
      guard result.count <= limit else {
        throw .operation("\(name): is over \(limit) bytes; shorten it")
      }
    }
  }

  private static func reason() -> String { String(cString: strerror(errno)) }
}
