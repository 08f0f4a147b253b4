internal import Glibc
internal import SallyportPlugin

/// The file itself: made with mode 0600, refused if others may read it.
struct DatabaseFile {
  let path: String

  init(_ path: String, in stateFolder: String) throws(PluginFault) {
    self.path = path.hasPrefix("/") ? path : stateFolder + "/" + path
    // The journal and shared memory files that SQLite makes take the mode of this one.
    let descriptor = open(self.path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      // A file that may only be read is fine: the store then says that it is read-only.
      guard errno == EROFS || errno == EACCES, access(self.path, R_OK) == 0 else {
        throw PluginFault(at: "/path", "\(self.path): \(String(cString: strerror(errno)))")
      }
      return
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw PluginFault(at: "/path", "\(self.path) is not a regular file")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw PluginFault(
        at: "/path",
        "\(self.path) has mode \(String(status.st_mode & 0o7777, radix: 8)), expected 600, "
          + "since it holds what only this user may read; run chmod 600 on it")
    }
  }
}
