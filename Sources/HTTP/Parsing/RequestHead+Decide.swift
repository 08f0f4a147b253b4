extension RequestHead {
  /// Settles what the field lines say together: host, framing, connection, expectation.
  mutating func decide(in bytes: Span<UInt8>) throws(MessageFault) {
    try decideHost(in: bytes)
    try decideFraming(in: bytes)
    connection = try ConnectionOptions(of: fields, in: bytes)
    try decideExpectation(in: bytes)
  }

  /// "A server MUST respond with 400 to any HTTP/1.1 request that lacks a Host header field and to
  /// any request that contains more than one" (RFC 9112 3.2).
  private mutating func decideHost(in bytes: Span<UInt8>) throws(MessageFault) {
    guard let field = fields.first(.host) else {
      guard version == .http10, target.authority == nil else { throw .missingHost }
      return
    }
    guard !fields.isRepeated(.host) else { throw .repeatedHost }
    let host = try HostName(field.value, in: bytes)
    self.host = host
    guard let authority = target.authority else { return }
    // RFC 9112 3.2.2 lets the target win; a next hop may not, so they must agree.
    guard authority.equals(host.value, in: bytes) else { throw .targetDisagreesWithHost }
  }

  private mutating func decideFraming(in bytes: Span<UInt8>) throws(MessageFault) {
    if try TransferCoding.isChunked(fields, version: version, in: bytes) {
      framing = .chunked
    } else if let length = try ContentLength.read(fields, in: bytes) {
      framing = .length(length)
    }
  }

  /// RFC 9110 10.1.1: 417 for what is not known, nothing from HTTP/1.0, nothing without content.
  private mutating func decideExpectation(in bytes: Span<UInt8>) throws(MessageFault) {
    guard let field = fields.first(.expect), version == .http11 else { return }
    guard !fields.isRepeated(.expect), field.value.matches("100-continue", in: bytes) else {
      throw .expectationNotSupported
    }
    expectsContinue = framing != .empty && framing != .length(0)
  }
}

extension Slot {
  /// Whether two slots hold the same text in any case.
  public func equals(_ other: Slot, in bytes: Span<UInt8>) -> Bool {
    guard length == other.length else { return false }
    for offset in 0..<Int(length) {
      let left = bytes[range.lowerBound + offset].lowercased
      guard left == bytes[other.range.lowerBound + offset].lowercased else { return false }
    }
    return true
  }
}
