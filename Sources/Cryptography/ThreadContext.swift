internal import COpenSSL
internal import Glibc

/// The digest contexts of one thread: made at first use, freed when the thread ends.
///
/// A context is a few hundred bytes of state that two threads must not share and that is too dear
/// to make for each digest.
final class ThreadContext {
  private let contexts: [OpaquePointer]

  private init() {
    contexts = DigestAlgorithm.allCases.map { algorithm in
      let context = allocated(EVP_MD_CTX_new())
      guard EVP_DigestInit_ex2(context, algorithm.method, nil) == 1 else {
        fatalError("libcrypto refuses \(algorithm.name)")
      }
      return context
    }
  }

  deinit { for context in contexts { EVP_MD_CTX_free(context) } }

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

extension DigestAlgorithm {
  fileprivate var index: Int {
    switch self {
    case .sha256: 0
    case .sha384: 1
    case .sha512: 2
    }
  }
}
