internal import Glibc

/// What a symbolic link names; nil if it cannot be read.
func linkTarget(_ path: String) -> String? {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
    guard let start = buffer.baseAddress else { return nil }
    let length = readlink(path, start, buffer.count)
    guard length > 0, length < buffer.count else { return nil }
    return String(
      validating: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
  }
}
