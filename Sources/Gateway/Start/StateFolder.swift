internal import Cryptography
internal import Diagnostics
internal import Glibc

/// The folder of what an instance keeps: private to its user, and either a demo's or not.
struct StateFolder {
  /// The absolute path.
  let path: String

  private static let demoMarker = "/DEMO"

  /// Makes the folder if it is missing, and refuses one of the other kind.
  init(_ path: String, demo: Bool) throws(StartFailure) {
    self.path = path
    try Self.make(path)
    let isDemo = access(path + Self.demoMarker, F_OK) == 0
    if demo && !isDemo {
      guard try Self.isEmpty(path) else {
        throw .operation(
          "\(path): holds the state of a real instance; the demo keeps its own, so name another "
            + "folder")
      }
      try Self.write(
        Array("This is a demo's state: its secrets are public.\n".utf8), to: path + Self.demoMarker)
    }
    guard demo || !isDemo else {
      throw .operation(
        "\(path): holds the state of a demo, whose secrets are public; name another folder in "
          + "\"state\"")
    }
  }

  /// The demo's own master key: made once, readable only by its user.
  func demoMasterKey(at path: String) throws(StartFailure) -> Secret<[UInt8]> {
    if access(path, F_OK) != 0 { try Self.write(Random.bytes(32), to: path) }
    return Secret(try Self.read(path, count: 32))
  }

  /// Makes the folder and those above it that are missing, for this user alone.
  private static func make(_ path: String) throws(StartFailure) {
    guard mkdir(path, 0o700) != 0 else { return }
    if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      try make(String(path[..<slash]))
      guard mkdir(path, 0o700) != 0 else { return }
    }
    guard errno == EEXIST else {
      throw .operation(
        "\(path): cannot be made (\(String(cString: strerror(errno)))); check \"state\"")
    }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw .operation("\(path): is no folder; check \"state\"")
    }
    guard status.st_mode & 0o022 == 0 else {
      throw .operation("\(path): may be written by others; run chmod go-w on it")
    }
  }

  private static func isEmpty(_ path: String) throws(StartFailure) -> Bool {
    guard let folder = opendir(path) else {
      throw .operation("\(path): cannot be read (\(String(cString: strerror(errno))))")
    }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    return count <= 2
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(StartFailure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .operation("\(path): cannot be written (\(String(cString: strerror(errno))))")
    }
    defer { close(descriptor) }
    let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    guard written == bytes.count, fsync(descriptor) == 0 else {
      throw .operation("\(path): cannot be written (\(String(cString: strerror(errno))))")
    }
  }

  private static func read(_ path: String, count: Int) throws(StartFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .operation("\(path): cannot be read (\(String(cString: strerror(errno))))")
    }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: count + 1)
    let size = Glibc.read(descriptor, &bytes, bytes.count)
    guard size == count else { throw .operation("\(path): expected \(count) bytes, found \(size)") }
    return Array(bytes.prefix(count))
  }
}
