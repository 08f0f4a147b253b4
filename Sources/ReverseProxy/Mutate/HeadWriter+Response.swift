package import HTTP

extension HeadWriter {
  /// Writes the fields of an upstream's response that go on to the client.
  ///
  /// Left out is what the server writes itself (framing, Connection, X-Request-Id), what belongs to
  /// the hop behind us, and cookies of our names, which only we may set. A length stays where it
  /// says what content there would be: in answers to HEAD and in 304.
  package mutating func appendPassingFields(
    of head: borrowing ResponseHead, answersHead: Bool, in bytes: Span<UInt8>
  ) {
    let named = NamedFields(head.connection, of: head.fields)
    for field in head.fields.slots where !named.contains(field.name, in: bytes) {
      switch field.known {
      case .connection, .keepAlive, .proxyConnection, .proxyAuthenticate, .proxyAuthorization, .te,
        .trailer, .transferEncoding, .upgrade, .requestID:
        break
      case .contentLength:
        if answersHead || head.status == .notModified { append(field, of: bytes) }
      case .setCookie:
        var pairs = CookiePairs(field.value)
        guard let cookie = pairs.next(in: bytes), !OwnCookie.isNamed(by: cookie.name, in: bytes)
        else { break }
        append(field, of: bytes)
      default:
        append(field, of: bytes)
      }
    }
  }
}
