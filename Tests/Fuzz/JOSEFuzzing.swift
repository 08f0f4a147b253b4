internal import Cryptography
internal import JOSE
internal import JSON

/// Compact JWS, the header and claims inside, and key sets.
enum JOSEFuzzing {
  static func run(_ bytes: [UInt8]) -> Int32 {
    let text = bytes.span
    // A refusal is an answer, here and below.
    _ = try? JWTClaims(parsing: bytes)
    _ = try? JWKSet(parsing: bytes)
    _ = try? JWKDocument(parsing: bytes, for: nil)
    _ = try? JWSHeader(decoding: text)
    guard let parts = try? CompactJWS(splitting: text) else { return 0 }
    if let header = try? JWSHeader(decoding: text.extracting(parts.header)) {
      if header.algorithm.rawValue.lowercased() == "none" { Fuzz.broken("alg none") }
    }
    if let payload = try? parts.payloadBytes(in: text) {
      if Base64.url.encode(payload).utf8.elementsEqual(bytes[parts.payload]) == false {
        Fuzz.broken("one payload has two spellings")
      }
      _ = try? JWTClaims(parsing: payload)
    }
    return 0
  }
}
