internal import HTTP

extension HeadWriter {
  /// Writes the fields of an upstream's answer that go on to the client.
  ///
  /// What belongs to the hop stays behind (RFC 9110 7.6.1), and so does what our server says itself.
  mutating func append(fieldsOf head: borrowing ResponseHead, in bytes: Span<UInt8>) {
    for field in head.fields.slots {
      switch field.known {
      case .connection, .keepAlive, .proxyConnection, .proxyAuthenticate, .proxyAuthorization, .te,
        .trailer, .transferEncoding, .upgrade, .requestID:
        continue
      case .contentLength:
        // Only where it describes content that is not here: an answer to HEAD, or 304.
        if head.framing == .empty, head.status.code != 204 { append(field, of: bytes) }
      default:
        if head.connection.namesFields, head.names(field, in: bytes) { continue }
        append(field, of: bytes)
      }
    }
  }
}

extension ResponseHead {
  /// Whether a Connection line names the field, which then ends at this hop.
  func names(_ field: FieldSlot, in bytes: Span<UInt8>) -> Bool {
    let name = field.name.text(in: bytes).lowercased()
    for line in fields.slots where line.known == .connection {
      let options = line.value.text(in: bytes).lowercased().split(separator: ",")
      if options.contains(where: { $0.trimmed == name[...] }) { return true }
    }
    return false
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    let head = drop { $0 == " " || $0 == "\t" }
    guard let last = head.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return head }
    return head[...last]
  }
}
