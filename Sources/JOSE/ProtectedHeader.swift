internal import Cryptography
internal import JSON

/// What the protected headers of JWS and JWE have in common: how they are read.
enum ProtectedHeader {
  /// The most bytes of a header's text.
  static let limit = 4_096

  /// Why a header is not even read.
  enum Fault {
    case tooLarge
    case notBase64URL
    case malformed(JSONError)
  }

  /// Reads the base64url text of a header, or throws what a fault means to the caller.
  static func object<Failure: Error>(
    decoding text: Span<UInt8>, _ refusal: (Fault) -> Failure
  ) throws(Failure) -> JSONObject {
    guard text.count <= limit else { throw refusal(.tooLarge) }
    var bytes: [UInt8] = []
    guard Base64.url.decode(text, into: &bytes) != nil else { throw refusal(.notBase64URL) }
    // A whole parse, not a scan: names repeated inside nested values are refused too.
    let value: JSONValue
    do {
      value = try JSONValue(parsing: bytes, limits: JSONLimits(depth: 8))
    } catch {
      throw refusal(.malformed(error))
    }
    guard let object = value.object else {
      throw refusal(.malformed(JSONError(.notAnObject, at: 0)))
    }
    return object
  }

  /// Whether a media type as written is that of a name, with or without its `application/`.
  ///
  /// RFC 7515 4.1.9 and 4.1.10, RFC 7516 4.1.11 and 4.1.12.
  static func isMediaType(_ written: String?, _ name: String) -> Bool {
    guard var written = written?.lowercased() else { return false }
    if written.hasPrefix("application/") { written.removeFirst("application/".count) }
    return written == name.lowercased()
  }
}
