internal import Diagnostics
internal import JOSE
internal import Ports

/// A key as it lies in storage.
struct StoredKey: Sendable {
  let key: SigningKey
  let version: RecordVersion
  let isStale: Bool
}

extension KeyRing {
  private static let timeout = Lifetime.seconds(10)

  private var context: CallContext {
    let now = clock.now()
    return CallContext(request: nil, now: now, deadline: now + Self.timeout)
  }

  /// Every stored key, by algorithm and sequence; throws if a single one does not open.
  func load() throws(KeyRingError) -> [StoredKey] {
    var stored: [StoredKey] = []
    var cursor: RecordCursor?
    repeat {
      let page: RecordPage
      do {
        page = try store.scan(SigningKey.kind, after: cursor, limit: 100, context)
      } catch {
        throw .storage(error)
      }
      for record in page.records { stored.append(try open(record)) }
      cursor = page.next
    } while cursor != nil
    stored.sort { left, right in
      (left.key.algorithm.rawValue, left.key.sequence)
        < (right.key.algorithm.rawValue, right.key.sequence)
    }
    remember(stored)
    return stored
  }

  /// A version names one content for ever, so what was opened once need not be opened again.
  private func open(_ record: Record) throws(KeyRingError) -> StoredKey {
    let known = lastStored.first { $0.version == record.version && $0.key.recordKey == record.key }
    if let known { return known }
    let (key, isStale) = try SigningKey.opened(record, sealer)
    return StoredKey(key: key, version: record.version, isStale: isStale)
  }

  /// Applies changes; a conflict means that another process did the same first, which is as good.
  func apply(_ changes: [Change]) throws(KeyRingError) {
    do {
      _ = try store.applyAndWait(changes, context)
    } catch {
      if case .conflict = error { return }
      throw .storage(error)
    }
  }
}
