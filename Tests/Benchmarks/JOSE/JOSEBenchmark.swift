internal import Cryptography
internal import Diagnostics
internal import Glibc
internal import JOSE

/// Measures what each algorithm of JOSE costs a thread, in microseconds of CPU time.
///
/// `SALLYPORT_BENCHMARK=1 swift run -c release --scratch-path .build-benchmark jose-benchmark`
@main
enum JOSEBenchmark {
  /// What an access token of usual size is.
  private static let payload = [UInt8](repeating: UInt8(ascii: "a"), count: 700)

  static func main() throws {
    print("| algorithm | make | read |\n| --- | ---: | ---: |")
    for algorithm in JWSAlgorithm.allCases { try measure(algorithm) }
    for contentEncryption in JWEContentEncryption.allCases {
      try measureShared(.direct, contentEncryption)
    }
    for algorithm in JWEKeyManagement.allCases where algorithm != .direct {
      try measureShared(algorithm, .a256GCM)
    }
    for (name, type) in types {
      let key = try PrivateKey.generate(type)
      for algorithm in JWEKeyManagement.allCases where algorithm.fits(type) {
        try measure(algorithm, name, key)
      }
    }
  }

  private static func measure(_ algorithm: JWSAlgorithm) throws {
    let (signer, verifier): (JWSSigner, JWSVerifier)
    if let type = algorithm.generatedKeyType {
      let key = try PrivateJWK(PrivateKey.generate(type))
      (signer, verifier) = (
        try JWSSigner(key, algorithm), try JWSVerifier(key.publicHalf, algorithm)
      )
    } else {
      let key = try SecretJWK(Secret(Random.bytes(64)))
      (signer, verifier) = (try JWSSigner(key, algorithm), try JWSVerifier(key, algorithm))
    }
    let token = try signer.sign(payload)
    let parts = try CompactJWS(splitting: token.span)
    try row(
      algorithm.rawValue, { _ = try signer.sign(payload) },
      { try verifier.verify(token.span, parts) })
  }

  private static func measureShared(
    _ algorithm: JWEKeyManagement, _ contentEncryption: JWEContentEncryption
  ) throws {
    let lengths = [16, 24, 32, 48, 64]
    guard let length = lengths.first(where: { algorithm.fits(sharedKeyOf: $0, contentEncryption) })
    else { return }
    let key = Secret(Random.bytes(length))
    try measure(
      "\(algorithm.rawValue), \(contentEncryption.rawValue)",
      JWEEncrypter(sharing: key, algorithm, contentEncryption),
      JWEDecrypter(
        sharing: key, keyManagement: [algorithm], contentEncryption: [contentEncryption]))
  }

  private static let types: [(String, KeyType)] = [
    ("P-256", .p256), ("P-384", .p384), ("P-521", .p521), ("X25519", .x25519), ("X448", .x448),
    ("RSA 2048", .rsa(bits: 2048)), ("RSA 4096", .rsa(bits: 4096)),
  ]

  private static func measure(
    _ algorithm: JWEKeyManagement, _ type: String, _ key: PrivateKey
  ) throws {
    try measure(
      "\(algorithm.rawValue), A256GCM, \(type)",
      JWEEncrypter(to: key.publicKey(), algorithm, .a256GCM),
      JWEDecrypter(key, keyManagement: [algorithm], contentEncryption: [.a256GCM]))
  }

  private static func measure(
    _ name: String, _ encrypter: JWEEncrypter, _ decrypter: JWEDecrypter
  ) throws {
    let token = try encrypter.encrypt(payload)
    try row(
      name, { _ = try encrypter.encrypt(payload) }, { _ = try decrypter.decrypt(token) })
  }

  private static func row(
    _ name: String, _ make: () throws -> Void, _ read: () throws -> Void
  ) throws {
    print("| \(name) | \(try microseconds(make)) | \(try microseconds(read)) |")
  }

  /// The least time of five runs of about a hundredth of a second each.
  private static func microseconds(_ work: () throws -> Void) throws -> String {
    var count = 1
    while try time(work, count) < 10_000 { count *= 2 }
    var least = Double.infinity
    for _ in 0..<5 { least = min(least, try time(work, count) / Double(count)) }
    let tenths = Int((least * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func time(_ work: () throws -> Void, _ count: Int) throws -> Double {
    let start = now()
    for _ in 0..<count { try work() }
    return now() - start
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
  }
}
