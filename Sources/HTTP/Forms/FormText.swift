/// The escaping of form content, in both directions.
public enum FormText {
  /// Decodes a name or a value: plus signs, escapes, UTF-8; throws what is wrong with it.
  public static func decode(_ encoded: ArraySlice<UInt8>) throws(FormFault) -> String {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(encoded.count)
    var index = encoded.startIndex
    while index < encoded.endIndex {
      let byte = encoded[index]
      switch byte {
      case UInt8(ascii: "+"):
        decoded.append(.space)
      case UInt8(ascii: "%"):
        guard index + 2 < encoded.endIndex, let high = encoded[index + 1].hexadecimalValue,
          let low = encoded[index + 2].hexadecimalValue
        else { throw .invalidPercentEncoding }
        guard high << 4 | low != 0 else { throw .controlCharacter }
        decoded.append(high << 4 | low)
        index += 2
      case 0..<0x20, 0x7f:
        throw .controlCharacter
      default:
        decoded.append(byte)
      }
      index += 1
    }
    guard let text = String(validating: decoded, as: UTF8.self) else { throw .notUTF8 }
    return text
  }

  /// Encodes a name or a value so that any reader gets the same text back.
  public static func encode(_ text: String) -> String {
    var encoded: [UInt8] = []
    for byte in text.utf8 {
      if ByteClass.unreserved.contains(byte), byte != UInt8(ascii: "~") {
        encoded.append(byte)
      } else {
        encoded.append(UInt8(ascii: "%"))
        encoded.append(.hexadecimalDigit(byte >> 4))
        encoded.append(.hexadecimalDigit(byte & 0xf))
      }
    }
    return String(copying: encoded.span)
  }
}
