internal import Cryptography
internal import Diagnostics
internal import JOSE

/// Compact JWE under every kind of key: nothing that a stranger makes up may be decrypted.
enum JWEFuzzing {
  static func run(_ bytes: [UInt8]) -> Int32 {
    // A refusal is an answer, here and below.
    _ = try? JWEHeader(decoding: bytes.span)
    guard let parts = try? CompactJWE(splitting: bytes.span) else { return 0 }
    if let header = try? JWEHeader(decoding: bytes.span.extracting(parts.header)) {
      for decrypter in decrypters where decrypts(decrypter, bytes, parts, header) {
        Fuzz.broken("a text that nobody encrypted was decrypted")
      }
    }
    if (try? password.decrypt(bytes)) != nil {
      Fuzz.broken("a text that nobody encrypted was decrypted under a password")
    }
    return 0
  }

  private static func decrypts(
    _ decrypter: JWEDecrypter, _ bytes: [UInt8], _ parts: CompactJWE, _ header: JWEHeader
  ) -> Bool {
    (try? decrypter.decrypt(bytes.span, parts, header)) != nil
  }

  private static let password = JWEPasswordDecrypter(Secret(Random.bytes(16)))

  private static let decrypters: [JWEDecrypter] = {
    do {
      let pairs = try [KeyType.p256, .p521, .x25519, .x448, .rsa(bits: 2048)].map { type in
        try JWEDecrypter(
          PrivateKey.generate(type),
          keyManagement: JWEKeyManagement.allCases.filter { $0.fits(type) },
          contentEncryption: JWEContentEncryption.allCases)
      }
      let shared = try [16, 24, 32].map { length in
        try JWEDecrypter(
          sharing: Secret(Random.bytes(length)),
          keyManagement: JWEKeyManagement.allCases.filter {
            $0 != .direct && $0.fits(sharedKeyOf: length, .a256GCM)
          }, contentEncryption: JWEContentEncryption.allCases)
      }
      let direct = try JWEContentEncryption.allCases.map {
        try JWEDecrypter(
          sharing: Secret(Random.bytes($0.keyLength)), keyManagement: [.direct],
          contentEncryption: [$0])
      }
      return pairs + shared + direct
    } catch {
      Fuzz.broken("no keys: \(error)")
    }
  }()
}
