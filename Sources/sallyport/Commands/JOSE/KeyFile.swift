internal import JOSE

/// A file of keys on the command line: a JWK, a JWK Set, or a PEM key without a password.
enum KeyFile {
  /// The keys of a file, for a use or for any.
  static func read(_ path: String, for use: JWKUse?) throws(CommandFailure) -> JWKDocument {
    try parse(FileInput.file(path, limit: JWKSet.byteLimit), named: path, for: use)
  }

  /// The keys of a text.
  static func parse(
    _ bytes: [UInt8], named path: String, for use: JWKUse?
  ) throws(CommandFailure) -> JWKDocument {
    try CommandFailure.explaining(in: path) { () throws(JOSEError) in
      try JWKDocument(parsing: bytes, for: use)
    }
  }

  /// The one key that a command is to use: the one of a `kid`, or the only one there is.
  static func choose<Key>(
    _ keys: [Key], named wanted: String?, in path: String, _ keyID: (Key) -> String?
  ) throws(CommandFailure) -> Key {
    guard let wanted else {
      guard let key = keys.first, keys.count == 1 else {
        throw .operation("\(path): has \(keys.count) keys of that use; say which with --kid")
      }
      return key
    }
    let named = keys.first { keyID($0)?.utf8.elementsEqual(wanted.utf8) ?? false }
    guard let named else {
      let there = keys.compactMap(keyID).joined(separator: ", ")
      throw .operation("\(path): has no key \"\(wanted)\"; say one of: \(there)")
    }
    return named
  }
}

extension Arguments {
  /// The value of an option that must be there.
  func required(_ option: String, of command: String) throws(CommandFailure) -> String {
    guard let value = try value(option) else {
      throw .usage("\(command): \(option) is missing; see 'sallyport \(command) --help'")
    }
    return value
  }
}
