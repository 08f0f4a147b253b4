// A field line whose value is put together from pieces, none of which can end the line.
extension HeadWriter {
  /// Begins a field line; `endField` must follow.
  public mutating func beginField(_ name: FieldName) {
    bytes.append(contentsOf: name.rawValue.utf8)
    colon()
  }

  /// Adds text that stands in the source: visible ASCII and spaces.
  public mutating func add(literal text: StaticString) {
    // The buffer does not leave the call.
    text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Adds what a slot of a parsed head holds.
  public mutating func add(_ slot: Slot, of source: Span<UInt8>) { append(slot, of: source) }

  /// Adds a checked value.
  public mutating func add(_ value: FieldValue) { bytes.append(contentsOf: value.text.utf8) }

  /// Adds any text: UTF-8, with every byte but visible ASCII escaped, and the percent sign too.
  ///
  /// Percent-decoding gives the text back, whatever it was.
  public mutating func add(escaping text: String) {
    guard !text.utf8.allSatisfy(Self.isPlain) else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    for byte in text.utf8 {
      if Self.isPlain(byte) {
        bytes.append(byte)
      } else {
        bytes.append(UInt8(ascii: "%"))
        bytes.append(.hexadecimalDigit(byte >> 4))
        bytes.append(.hexadecimalDigit(byte & 0xf))
      }
    }
  }

  /// Visible ASCII but the percent sign.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte &- 0x21 < 0x5e && byte != UInt8(ascii: "%")
  }

  /// Adds an address without its port, an IPv6 one without brackets.
  public mutating func add(_ host: PeerAddress.Host) {
    guard case .ipv4(let address) = host else {
      bytes.append(contentsOf: host.description.utf8)
      return
    }
    for shift in stride(from: UInt32(24), through: 0, by: -8) {
      append(decimal: Int(address >> shift & 0xff))
      if shift > 0 { bytes.append(UInt8(ascii: ".")) }
    }
  }

  /// Ends the field line that was begun.
  public mutating func endField() { endLine() }
}
