internal import COpenSSL

/// A TLS context that could not be made.
public enum TLSError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A file could not be read or holds something else than was expected.
  case file(String, reason: String)
  /// The private key does not belong to the certificate.
  case keyMismatch(certificate: String, key: String)
  /// OpenSSL refused a setting.
  case setting(String)

  /// What was wrong, and with which file.
  public var description: String {
    switch self {
    case .file(let path, let reason): "\(path): \(reason)"
    case .keyMismatch(let certificate, let key):
      "\(key): not the private key of the certificate in \(certificate)"
    case .setting(let reason): "TLS: \(reason)"
    }
  }

  /// OpenSSL's text for the oldest error of this thread's queue, which is emptied.
  static func takeReason() -> String {
    let code = ERR_get_error()
    ERR_clear_error()
    guard code != 0, let text = ERR_reason_error_string(code) else { return "unknown error" }
    return String(cString: text)
  }
}
