internal import Glibc

/// A new file that only its owner may read.
enum PrivateFile {
  /// Writes a file that must not be there yet, with mode 0600.
  static func create(_ path: String, _ bytes: [UInt8]) throws(CommandFailure) {
    // Not through a link that somebody else put there, and never over what is there.
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let descriptor = open(path, flags, 0o600)
    guard descriptor >= 0 else {
      throw .operation(
        "\(path): cannot create: \(String(cString: strerror(errno))); name a file that is not there "
          + "yet, in a folder that you may write")
    }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else {
        let reason = String(cString: strerror(errno))
        // Half a key is of no use, and its half is still secret.
        unlink(path)
        throw .operation("\(path): cannot write: \(reason); make room and try again")
      }
      rest = rest.dropFirst(written)
    }
    guard fsync(descriptor) == 0 else {
      throw .operation("\(path): cannot write: \(String(cString: strerror(errno))); try again")
    }
  }
}
