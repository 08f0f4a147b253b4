internal import Diagnostics
internal import JOSE
internal import Ports

/// A key as it lies in storage.
struct StoredKey {
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
      for record in page.records {
        let (key, isStale) = try SigningKey.opened(record, sealer)
        stored.append(StoredKey(key: key, version: record.version, isStale: isStale))
      }
      cursor = page.next
    } while cursor != nil
    return stored.sorted { left, right in
      (left.key.algorithm.rawValue, left.key.sequence)
        < (right.key.algorithm.rawValue, right.key.sequence)
    }
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
