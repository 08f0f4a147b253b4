internal import Glibc

/// A file that says what the gateway does: nobody but us and root may be able to write it.
enum TrustedFile {
  /// Why a file is not read.
  struct Problem: Error {
    let problem: String
    let remedy: String
  }

  /// The bytes of a file, at most so many.
  ///
  /// Owner and mode are those of the descriptor that is read, so that the file cannot be exchanged
  /// in between.
  static func read(_ path: String, limit: Int) throws(Problem) -> [UInt8] {
    // Without O_NONBLOCK a named pipe would hold the start up for ever.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw Problem(
        problem: "cannot open \(path): \(reason(errno))", remedy: "create it or mend the path")
    }
    defer { close(descriptor) }
    try check(descriptor, path, limit: limit)
    return try bytes(of: descriptor, path, limit: limit)
  }

  /// Whether something stands at a path.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private static func check(_ descriptor: Int32, _ path: String, limit: Int) throws(Problem) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw Problem(problem: "cannot examine \(path): \(reason(errno))", remedy: "try again")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Problem(problem: "\(path) is no regular file", remedy: "name a regular file")
    }
    guard status.st_uid == 0 || status.st_uid == geteuid() else {
      throw Problem(
        problem: "\(path) belongs to user \(status.st_uid), found neither root nor us",
        remedy: "chown it to root or to user \(geteuid())")
    }
    guard status.st_mode & 0o022 == 0 else {
      throw Problem(
        problem: "\(path) may be written by others (mode \(octal(status.st_mode & 0o7777)))",
        remedy: "run chmod go-w on it")
    }
    guard status.st_size <= limit else { throw tooLarge(path, limit) }
  }

  private static func bytes(
    of descriptor: Int32, _ path: String, limit: Int
  ) throws(Problem) -> [UInt8] {
    var result: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = block.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return result }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw Problem(problem: "cannot read \(path): \(reason(errno))", remedy: "try again")
      }
      result += block.prefix(count)
      guard result.count <= limit else { throw tooLarge(path, limit) }
    }
  }

  private static func tooLarge(_ path: String, _ limit: Int) -> Problem {
    Problem(problem: "\(path) is over \(limit) bytes", remedy: "shorten it")
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

  private static func octal(_ mode: mode_t) -> String { "0" + String(mode, radix: 8) }
}
