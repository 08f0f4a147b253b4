package import Cryptography
package import Diagnostics

/// Tokens verified before, by the SHA-256 of their text.
///
/// A flat table with linear probing, owned by one loop. It holds what was verified, never a
/// decision. Bounded by entries and bytes; full, it gives up the entry near its hand that ends
/// first.
package struct VerifiedTokenCache {
  private struct Rest {
    let words: (UInt64, UInt64, UInt64)
    /// Milliseconds since the epoch.
    let validUntil: Int64
    /// The generation of the revocations by which it was last judged.
    var judged: UInt64
  }

  /// The first word of each hash; 0 where the slot is free.
  private var tags: [UInt64]
  private var rests: [Rest]
  private var tokens: [VerifiedToken?]
  /// What the entries take, roughly.
  package private(set) var bytes = 0
  private var hand = 0
  private let limits: TokenVerifierLimits

  /// How many entries there are, ended ones included.
  package private(set) var count = 0

  /// A cache, empty and small.
  package init(_ limits: TokenVerifierLimits) {
    self.limits = limits
    tags = []
    rests = []
    tokens = []
    allocate(64)
  }

  /// A token that is there and may still be used, and by what revocations it was judged last.
  package struct Hit {
    package let token: VerifiedToken
    package let judged: UInt64
    fileprivate let slot: Int
  }

  /// The token of a hash, if it is there and may still be used.
  package mutating func token(_ hash: Digest256, at now: UnixTime) -> Hit? {
    guard let slot = slot(of: hash) else { return nil }
    guard now.milliseconds < rests[slot].validUntil, let token = tokens[slot] else {
      remove(slot)
      return nil
    }
    return Hit(token: token, judged: rests[slot].judged, slot: slot)
  }

  /// Notes that a token that was just found is good by a generation of the revocations.
  package mutating func judge(_ hit: Hit, by generation: UInt64) {
    rests[hit.slot].judged = generation
  }

  /// Keeps a token until a time.
  package mutating func insert(
    _ token: VerifiedToken, _ hash: Digest256, until end: UnixTime, at now: UnixTime,
    judged generation: UInt64 = 0
  ) {
    if let slot = slot(of: hash) { remove(slot) }
    guard limits.cacheEntries > 0, token.cost <= limits.cacheBytes else { return }
    while count >= limits.cacheEntries || bytes + token.cost > limits.cacheBytes { evict() }
    if (count + 1) * 4 > tags.count * 3 { grow(at: now) }
    let rest = Rest(
      words: Self.words(hash), validUntil: end.milliseconds, judged: generation)
    place(Self.tag(hash), rest, token)
  }

  /// Forgets everything, as trust was withdrawn from a key.
  package mutating func removeAll() {
    allocate(64)
    bytes = 0
    count = 0
    hand = 0
  }

  private static func tag(_ hash: Digest256) -> UInt64 { max(hash.words.0, 1) }

  private static func words(_ hash: Digest256) -> (UInt64, UInt64, UInt64) {
    (hash.words.1, hash.words.2, hash.words.3)
  }

  private func slot(of hash: Digest256) -> Int? {
    let tag = Self.tag(hash)
    let mask = tags.count - 1
    var slot = Int(truncatingIfNeeded: tag) & mask
    while tags[slot] != 0 {
      if tags[slot] == tag && rests[slot].words == Self.words(hash) { return slot }
      slot = (slot + 1) & mask
    }
    return nil
  }

  private mutating func place(_ tag: UInt64, _ rest: Rest, _ token: VerifiedToken) {
    let mask = tags.count - 1
    var slot = Int(truncatingIfNeeded: tag) & mask
    while tags[slot] != 0 { slot = (slot + 1) & mask }
    tags[slot] = tag
    rests[slot] = rest
    tokens[slot] = token
    count += 1
    bytes += token.cost
  }

  /// Removes an entry and moves up those that its slot had pushed away, so that no probe ends early.
  private mutating func remove(_ removed: Int) {
    count -= 1
    bytes -= tokens[removed]?.cost ?? 0
    let mask = tags.count - 1
    var free = removed
    var slot = (removed + 1) & mask
    while tags[slot] != 0 {
      let home = Int(truncatingIfNeeded: tags[slot]) & mask
      if (slot - home) & mask >= (slot - free) & mask {
        tags[free] = tags[slot]
        rests[free] = rests[slot]
        tokens[free] = tokens[slot]
        free = slot
      }
      slot = (slot + 1) & mask
    }
    tags[free] = 0
    tokens[free] = nil
  }

  /// Gives up, among the next few entries, the one that ends first.
  private mutating func evict() {
    let mask = tags.count - 1
    var victim: Int?
    var seen = 0
    while seen < 8 && seen < count {
      hand = (hand + 1) & mask
      guard tags[hand] != 0 else { continue }
      seen += 1
      if victim.map({ rests[hand].validUntil < rests[$0].validUntil }) ?? true { victim = hand }
    }
    if let victim { remove(victim) }
  }

  private mutating func grow(at now: UnixTime) {
    let (oldTags, oldRests, oldTokens) = (tags, rests, tokens)
    allocate(tags.count * 2)
    count = 0
    bytes = 0
    hand = 0
    for slot in oldTags.indices where oldTags[slot] != 0 {
      guard let token = oldTokens[slot], now.milliseconds < oldRests[slot].validUntil else {
        continue
      }
      place(oldTags[slot], oldRests[slot], token)
    }
  }

  private mutating func allocate(_ slots: Int) {
    tags = [UInt64](repeating: 0, count: slots)
    rests = [Rest](repeating: Rest(words: (0, 0, 0), validUntil: 0, judged: 0), count: slots)
    tokens = [VerifiedToken?](repeating: nil, count: slots)
  }
}
