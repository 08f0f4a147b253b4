internal import Diagnostics
internal import JSON

extension Codec where Value == Secret<[UInt8]> {
  /// A secret, by reference; written out only where that is allowed.
  static var secret: Codec {
    let shape = Shape(
      .secret, "a reference { env: \"NAME\" } or { file: \"path\" }",
      example: ["env": "CLIENT_SECRET"])
    return Codec(shape: shape) { node, reading in
      guard let bytes = reading.secret(node, shape) else { return nil }
      guard !bytes.isEmpty, bytes.count <= 1024 else {
        reading.fault(
          node.position, "is a secret of \(bytes.count) bytes", "give it 1 to 1024 bytes")
        return nil
      }
      return Secret(bytes)
    }
  }
}

extension Codec where Value == MasterKeyOptions {
  /// A master key; in a demonstration its file need not be there yet.
  static var masterKey: Codec {
    let shape = Shape(
      .secret, "a reference { file: \"path\" } or { env: \"NAME\" } to 256 bits",
      example: ["file": "master.key"])
    return Codec(shape: shape) { node, reading in
      var path: String?
      if case .file(let file)? = Reference(node) { path = reading.surroundings.absolute(file) }
      if reading.surroundings.isDemo, let path, !TrustedFile.exists(path) {
        return MasterKeyOptions(file: path, key: nil)
      }
      guard let bytes = reading.secretBytes(node, shape) else { return nil }
      guard let key = MasterKeyText.parse(bytes) else {
        reading.fault(
          node.position, "is no key of 256 bits",
          "make one with: openssl rand -hex 32 > master.key")
        return nil
      }
      return MasterKeyOptions(file: path, key: Secret(key))
    }
  }
}

extension Reading {
  /// The bytes of a secret: referred to, or literal where that is allowed.
  mutating func secret(_ node: JSON5Node, _ shape: Shape) -> [UInt8]? {
    if let reference = Reference(node) { return resolve(reference, at: node.position) }
    guard case .string(let literal) = node.value else {
      mismatch(node, shape)
      return nil
    }
    guard allowsLiteralSecrets else {
      fault(
        node.position, "is a literal secret",
        "write \(shape.expectation), or set allowLiteralSecrets: true")
      return nil
    }
    return Array(literal.utf8)
  }

  /// Like a secret, but 32 raw bytes keep the newline that may be their last.
  mutating func secretBytes(_ node: JSON5Node, _ shape: Shape) -> [UInt8]? {
    guard case .file(let path)? = Reference(node) else { return secret(node, shape) }
    return resolve(.file(path), at: node.position, keepsNewline: true)
  }
}

/// The forms in which 256 bits are kept.
enum MasterKeyText {
  /// 32 bytes from 32 raw bytes or from 64 hexadecimal digits and perhaps a newline.
  static func parse(_ bytes: [UInt8]) -> [UInt8]? {
    if bytes.count == 32 { return bytes }
    let digits = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
    return digits.count == 64 ? Hexadecimal.parse(digits) : nil
  }
}

enum Hexadecimal {
  /// The bytes that pairs of digits name.
  static func parse(_ digits: some Collection<UInt8>) -> [UInt8]? {
    guard digits.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    var high: UInt8?
    for digit in digits {
      guard let value = value(of: digit) else { return nil }
      if let half = high {
        bytes.append(half << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return bytes
  }

  private static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
