internal import Cryptography
internal import JSON

/// Puts the segments of a compact JWE together.
enum JWEText {
  /// The base64url text of a header.
  static func encoded(_ header: JSONObject) -> [UInt8] {
    var text: [UInt8] = []
    Base64.url.append(JSONValue.object(header).serialized().span, to: &text)
    return text
  }

  /// Encrypts a plaintext and joins the five segments (RFC 7516 5.1).
  ///
  /// The header's text is what is authenticated beside the ciphertext.
  static func seal(
    _ plaintext: [UInt8], _ contentEncryption: JWEContentEncryption,
    _ content: JWERecipient.ContentKey, header: [UInt8]
  ) throws(CryptographyError) -> [UInt8] {
    let sealed = try contentEncryption.cipher.seal(
      plaintext.span, key: content.key, additionalData: header.span)
    let segments = [content.encryptedKey, sealed.nonce, sealed.ciphertext, sealed.tag]
    var text: [UInt8] = []
    text.reserveCapacity(
      segments.reduce(header.count) { $0 + 1 + Base64.url.encodedLength($1.count) })
    text += header
    for segment in segments {
      text.append(UInt8(ascii: "."))
      Base64.url.append(segment.span, to: &text)
    }
    return text
  }
}
