internal import Cryptography
internal import Diagnostics
internal import JOSE
internal import JSON

extension Codec where Value == JWK {
  /// A public key to encrypt to: by reference, or a JWK written out.
  static var publicEncryptionKey: Codec {
    let shape = Shape(
      .text(longest: Reading.referenceLimit),
      "{ file: \"orders.pub.pem\" } with a public key as PEM or JWK, or a public JWK",
      example: ["file": "orders.pub.pem"])
    return Codec(shape: shape) { node, reading in
      var text: [UInt8]
      if node.member("kty") != nil {
        text = node.json.serialized()
      } else {
        guard let read = reading.text(node, shape, longest: Reading.referenceLimit) else {
          return nil
        }
        text = Array(read.utf8)
      }
      return reading.key(node, shape) {
        guard EncryptionKeyText.isJSON(text) else {
          return try JWK(PublicKey(pem: text), encryptionAlgorithm: nil)
        }
        guard case .publicKeys(let keys) = try JWKDocument(parsing: text, for: .encryption),
          keys.count == 1
        else { return nil }
        return keys[0]
      }
    }
  }
}

extension Codec where Value == PrivateJWK {
  /// A private key to decrypt with, by reference.
  static var privateEncryptionKey: Codec {
    let shape = Shape(
      .secret, "a reference { file: \"orders.pem\" } to a private key as PEM or JWK",
      example: ["file": "orders.pem"])
    return Codec(shape: shape) { node, reading in
      guard let text = reading.secret(node, shape) else { return nil }
      return reading.key(node, shape) {
        guard EncryptionKeyText.isJSON(text) else {
          return try PrivateJWK(PrivateKey(pem: Secret(text)), encryptionAlgorithm: nil)
        }
        guard case .privateKeys(let keys) = try JWKDocument(parsing: text, for: .encryption),
          keys.count == 1
        else { return nil }
        return keys[0]
      }
    }
  }
}

extension Codec where Value == SecretJWK {
  /// A key that two share, by reference.
  static var sharedEncryptionKey: Codec {
    let shape = Shape(
      .secret,
      "a reference { file: \"shared.key\" } to 32 raw bytes, 64 hexadecimal digits or a JWK",
      example: ["file": "shared.key"])
    return Codec(shape: shape) { node, reading in
      guard let text = reading.secretBytes(node, shape) else { return nil }
      return reading.key(node, shape) {
        if let bytes = MasterKeyText.parse(text) {
          return try SecretJWK(Secret(bytes), encryptionAlgorithm: nil)
        }
        guard EncryptionKeyText.isJSON(text),
          case .secrets(let keys) = try JWKDocument(parsing: text, for: .encryption),
          keys.count == 1
        else { return nil }
        return keys[0]
      }
    }
  }
}

extension Reading {
  /// A key made of what a node refers to; a fault that names no part of it if there is none.
  fileprivate mutating func key<Key>(
    _ node: JSON5Node, _ shape: Shape, _ make: () throws -> Key?
  ) -> Key? {
    do {
      if let key = try make() { return key }
      fault(node.position, "is no such key, or several", "write \(shape.expectation)")
    } catch {
      fault(node.position, "is no usable key: \(error)", "write \(shape.expectation)")
    }
    return nil
  }
}

/// The forms in which keys are kept.
enum EncryptionKeyText {
  /// Whether a file holds JSON, and so a JWK; PEM begins with a dash or words.
  static func isJSON(_ text: [UInt8]) -> Bool {
    text.first { !($0 == 0x20 || (0x09...0x0d).contains($0)) } == UInt8(ascii: "{")
  }
}
