/// The `token` of RFC 9110 5.6.2: what methods, field names and parameter names are made of.
public enum Token {
  /// Whether the bytes are a token: at least one, each a `tchar`.
  public static func isValid(_ bytes: some Sequence<UInt8>) -> Bool {
    var isEmpty = true
    for byte in bytes {
      guard ByteClass.token.contains(byte) else { return false }
      isEmpty = false
    }
    return !isEmpty
  }
}
