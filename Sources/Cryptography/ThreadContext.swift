internal import COpenSSL
internal import Glibc

/// The contexts of one thread for digests, ciphers and MACs: made at first use, freed when the
/// thread ends.
///
/// A context is a few hundred bytes of state that two threads must not share and that is too dear
/// to make for each operation.
final class ThreadContext {
  private let contexts: [OpaquePointer]
  private var ciphers = [OpaquePointer?](repeating: nil, count: CipherAlgorithm.count)
  private var macs = [OpaquePointer?](repeating: nil, count: DigestAlgorithm.allCases.count)

  private init() {
    contexts = DigestAlgorithm.allCases.map { algorithm in
      let context = allocated(EVP_MD_CTX_new())
      guard EVP_DigestInit_ex2(context, algorithm.method, nil) == 1 else {
        fatalError("libcrypto refuses \(algorithm.name)")
      }
      return context
    }
  }

  deinit {
    for context in contexts { EVP_MD_CTX_free(context) }
    for context in ciphers { EVP_CIPHER_CTX_free(context) }
    for context in macs { EVP_MAC_CTX_free(context) }
  }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    let status = pthread_key_create(&key) { pointer in
      if let pointer { Unmanaged<ThreadContext>.fromOpaque(pointer).release() }
    }
    precondition(status == 0, "the process has no thread key left")
    return key
  }()

  private static var current: Unmanaged<ThreadContext> {
    if let pointer = pthread_getspecific(key) { return .fromOpaque(pointer) }
    let made = Unmanaged.passRetained(ThreadContext())
    pthread_setspecific(key, made.toOpaque())
    return made
  }

  /// Digests bytes into a buffer that has room for the algorithm's length.
  static func digest(
    _ algorithm: DigestAlgorithm, _ bytes: UnsafeRawBufferPointer,
    into output: UnsafeMutablePointer<UInt8>
  ) {
    current._withUnsafeGuaranteedRef { thread in
      let context = thread.contexts[algorithm.index]
      // Re-initialising with the digest that is set already only resets the state.
      guard EVP_DigestInit_ex2(context, nil, nil) == 1,
        EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1,
        EVP_DigestFinal_ex(context, output, nil) == 1
      else { fatalError("libcrypto refuses \(algorithm.name)") }
    }
  }
}

extension ThreadContext {
  /// Digests bytes and lends the digest.
  static func withDigest<Result>(
    _ algorithm: DigestAlgorithm, of bytes: UnsafeRawBufferPointer,
    _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { output in
      guard let start = output.baseAddress else { fatalError("no stack") }
      digest(algorithm, bytes, into: start)
      return body(UnsafeBufferPointer(rebasing: output[..<algorithm.length]))
    }
  }
}

// MARK: - Ciphers and MACs

extension ThreadContext {
  /// Lends the thread's context of a cipher, which has the cipher and no key yet, or an older one.
  static func cipher<Result>(
    _ algorithm: CipherAlgorithm, _ body: (OpaquePointer) -> Result
  ) -> Result {
    current._withUnsafeGuaranteedRef { thread in
      if let context = thread.ciphers[algorithm.index] { return body(context) }
      let context = allocated(EVP_CIPHER_CTX_new())
      guard EVP_CipherInit_ex2(context, algorithm.method, nil, nil, 1, nil) == 1 else {
        fatalError("libcrypto refuses \(algorithm.name)")
      }
      thread.ciphers[algorithm.index] = context
      return body(context)
    }
  }

  /// Lends the thread's HMAC context of a digest, keyed anew.
  static func hmac<Result>(
    _ algorithm: DigestAlgorithm, key: UnsafeRawBufferPointer, _ body: (OpaquePointer) -> Result
  ) -> Result {
    current._withUnsafeGuaranteedRef { thread in
      let context = thread.hmac(algorithm)
      var nothing: UInt8 = 0
      let good = withUnsafePointer(to: &nothing) { nothing in
        // A null key would mean "the one set before": an empty key still needs an address.
        let start = key.isEmpty ? nothing : key.bindMemory(to: UInt8.self).baseAddress
        return EVP_MAC_init(context, start, key.count, nil) == 1
      }
      guard good else { fatalError("libcrypto refuses HMAC-\(algorithm.name)") }
      return body(context)
    }
  }

  private func hmac(_ algorithm: DigestAlgorithm) -> OpaquePointer {
    if let context = macs[algorithm.index] { return context }
    let context = allocated(EVP_MAC_CTX_new(Algorithms.hmac))
    let parameters = Parameters()
    parameters.add(utf8: OSSL_MAC_PARAM_DIGEST, algorithm.name)
    guard parameters.use({ EVP_MAC_CTX_set_params(context, $0) }) == 1 else {
      fatalError("libcrypto refuses HMAC-\(algorithm.name)")
    }
    macs[algorithm.index] = context
    return context
  }
}

extension DigestAlgorithm {
  fileprivate var index: Int {
    switch self {
    case .sha256: 0
    case .sha384: 1
    case .sha512: 2
    }
  }
}
