internal import COpenSSL
public import Diagnostics
internal import Synchronization

/// The keys that seal session tickets, in memory only: shared by all loops, gone with the process.
///
/// A client that comes back with a ticket spares both sides the signature. Each key seals for an
/// hour and opens for two more, so that who takes the memory of the process cannot read what was
/// resumed before that (RFC 8446 asks TLS 1.3 for a fresh key exchange as well).
public final class TicketKeys: Sendable {
  /// How long a ticket is good.
  static let lifetime: Int = 2 * 3600
  /// How long a key seals new tickets.
  private static let term: Int64 = 3600

  private struct Key {
    let name: [UInt8]
    /// 32 bytes for the cipher, then 32 for the MAC.
    let secret: [UInt8]
    let born: Int64
  }

  private let clock: Clock
  /// The newest first.
  private let keys = Mutex<[Key]>([])
  /// Fetched once: each fetch by name takes a lock of OpenSSL's.
  private let cipher: Cipher

  /// Unchecked, because OpenSSL counts its references and never changes it.
  private struct Cipher: @unchecked Sendable { let pointer: OpaquePointer? }

  /// Keys that are made as they are needed.
  public init(clock: Clock = .system) {
    self.clock = clock
    cipher = Cipher(pointer: EVP_CIPHER_fetch(nil, "AES-256-CBC", nil))
  }

  deinit { EVP_CIPHER_free(cipher.pointer) }

  /// What `SSL_CTX_set_tlsext_ticket_key_evp_cb` asks for: 1 done, 2 done but give a new ticket, 0
  /// no such key, -1 failed.
  func prepare(
    name: UnsafeMutablePointer<UInt8>, iv: UnsafeMutablePointer<UInt8>,
    cipher context: OpaquePointer,
    mac: OpaquePointer, seals: Bool
  ) -> Int32 {
    let present = current()
    guard let newest = present.first else { return -1 }
    if seals {
      guard RAND_bytes(iv, EVP_CIPHER_get_iv_length(cipher.pointer)) == 1 else { return -1 }
      name.update(from: newest.name, count: newest.name.count)
      return sp_tls_ticket(context, mac, cipher.pointer, newest.secret, iv, 1) == 1 ? 1 : -1
    }
    let wanted = UnsafeBufferPointer(start: name, count: newest.name.count)
    guard let index = present.firstIndex(where: { $0.name.elementsEqual(wanted) }) else { return 0 }
    guard sp_tls_ticket(context, mac, cipher.pointer, present[index].secret, iv, 0) == 1 else {
      return -1
    }
    return index == 0 ? 1 : 2
  }

  private func current() -> [Key] {
    let now = clock.now().seconds
    return keys.withLock { keys in
      if let newest = keys.first, now - newest.born < Self.term { return keys }
      guard let key = Self.make(at: now) else { return [] }
      let oldest = now - Self.term - Int64(Self.lifetime)
      keys = [key] + keys.filter { $0.born > oldest }
      return keys
    }
  }

  private static func make(at now: Int64) -> Key? {
    var name = [UInt8](repeating: 0, count: 16)
    var secret = [UInt8](repeating: 0, count: 64)
    guard RAND_bytes(&name, 16) == 1, RAND_bytes(&secret, 64) == 1 else { return nil }
    return Key(name: name, secret: secret, born: now)
  }
}
