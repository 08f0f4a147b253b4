internal import CLinux
internal import Cryptography
internal import Glibc

/// A plugin's file, opened once: what was checked is what is loaded.
///
/// The descriptor stays open for the life of the process. glibc matches a name before it looks at
/// the inode, so a reused descriptor number would load the first library a second time.
struct PluginFile {
  let path: String
  let descriptor: Int32
  let identity: Identity
  let digest: [UInt8]

  /// Which file it is, whatever it is called.
  struct Identity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
  }

  /// Opens and checks a file; a refused one is closed again.
  init(opening path: String, expecting digest: [UInt8]?) throws(PluginError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    do throws(PluginError) {
      let status = try Self.checkFile(descriptor, path)
      let real = linkTarget("/proc/self/fd/\(descriptor)") ?? path
      try Self.checkFolders(of: real)
      let found = SHA256.digest(try Self.contents(descriptor, path)).bytes
      if let digest, digest != found {
        throw .wrongDigest(path: path, expected: Self.hex(digest), found: Self.hex(found))
      }
      self.path = real
      self.descriptor = descriptor
      self.digest = found
      identity = Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    } catch {
      close(descriptor)
      throw error
    }
  }

  private static func checkFile(_ descriptor: Int32, _ path: String) throws(PluginError) -> stat {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegularFile(path: path) }
    try check(status, path, stickyIsFine: false)
    return status
  }

  /// Whoever may write to a folder on the way may put another file in its place.
  private static func checkFolders(of path: String) throws(PluginError) {
    var folder = path
    while let slash = folder.lastIndex(of: "/") {
      folder = String(folder[..<slash])
      let name = folder.isEmpty ? "/" : folder
      var status = stat()
      guard lstat(name, &status) == 0 else {
        throw .unreadable(path: name, reason: String(cString: strerror(errno)))
      }
      try check(status, name, stickyIsFine: true)
    }
  }

  private static func check(_ status: stat, _ path: String, stickyIsFine: Bool)
    throws(PluginError)
  {
    guard status.st_uid == 0 || status.st_uid == geteuid() else {
      throw .wrongOwner(path: path, found: status.st_uid)
    }
    let isSticky = stickyIsFine && status.st_mode & S_ISVTX != 0
    guard isSticky || status.st_mode & (S_IWGRP | S_IWOTH) == 0 else {
      throw .writableByOthers(path: path, mode: status.st_mode & 0o7777)
    }
  }

  private static func contents(_ descriptor: Int32, _ path: String) throws(PluginError) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        throw .unreadable(path: path, reason: String(cString: strerror(errno)))
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
