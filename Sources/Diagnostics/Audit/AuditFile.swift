internal import Glibc

/// Why the audit log's destination cannot be written.
public struct AuditFault: Error, Sendable, CustomStringConvertible {
  /// The file.
  public let file: String
  /// What the system says.
  public let reason: String

  /// Both.
  public var description: String { "cannot append to \(file): \(reason)" }
}

/// An open destination of the audit log; closed with its last reference.
public final class AuditFile: Sendable {
  /// Where the audit log goes.
  public enum Destination: Sendable, Equatable {
    /// Standard error, between the lines of the log.
    case standardError
    /// A file, made if need be, for its owner alone.
    case file(String)
  }

  /// What messages call it.
  let name: String
  private let descriptor: Int32
  private let isOwned: Bool

  init(_ destination: Destination) throws(AuditFault) {
    switch destination {
    case .standardError:
      name = "standard error"
      descriptor = STDERR_FILENO
      isOwned = false
    case .file(let path):
      name = path
      descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
      isOwned = true
      guard descriptor >= 0 else {
        throw AuditFault(file: path, reason: String(cString: strerror(errno)))
      }
    }
  }

  deinit { if isOwned { close(descriptor) } }

  /// Writes bytes and takes away what is written; returns what the system says if some is left.
  func write(_ bytes: inout [UInt8]) -> String? {
    var written = 0
    defer { bytes.removeFirst(written) }
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { all in
        let rest = UnsafeRawBufferPointer(rebasing: all[written...])
        return Glibc.write(descriptor, rest.baseAddress, rest.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return String(cString: strerror(errno)) }
      written += count
    }
    return nil
  }
}

extension Lifetime {
  /// Holds the calling thread up for so long; for threads that nobody waits for.
  func sleep() { usleep(UInt32(clamping: milliseconds * 1000)) }
}
