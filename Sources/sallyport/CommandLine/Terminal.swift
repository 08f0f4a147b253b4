internal import Glibc

/// Standard output and standard error, written at once.
enum Terminal {
  /// A line on standard output.
  static func say(_ line: String) { write(line + "\n", to: STDOUT_FILENO) }

  /// A complaint on standard error in the form that every message has.
  static func complain(_ message: String) {
    write("sallyport: " + message + "\n", to: STDERR_FILENO)
  }

  /// Bytes on standard output, as they are; a terminal gets a line's end after them.
  static func pour(_ bytes: [UInt8]) {
    write(bytes, to: STDOUT_FILENO)
    if isatty(STDOUT_FILENO) == 1 { write([UInt8(ascii: "\n")], to: STDOUT_FILENO) }
  }

  private static func write(_ text: String, to descriptor: Int32) {
    write(Array(text.utf8), to: descriptor)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 && errno == EINTR { continue }
      // A closed pipe (`sallyport … | head`) is no failure of the command.
      guard written > 0 else { return }
      rest = rest.dropFirst(written)
    }
  }
}
