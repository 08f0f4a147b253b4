internal import CSallyport
internal import Diagnostics
internal import Ports

/// Records of an entry's own, kept in the host's store under the plugin's name.
extension HostTable {
  private static let kind = RecordKind("plugin_state")

  func stateGet(
    _ call: PluginCall, _ kind: sp_text, _ key: sp_bytes,
    _ receive: (UnsafePointer<sp_record>) -> Void
  ) -> sp_status {
    guard grants(.state) else { return SP_DENIED }
    guard let store = entry.services.state else { return SP_UNSUPPORTED }
    guard let place = place(kind, key) else { return SP_INVALID }
    do throws(StorageError) {
      guard let record = try store.get(place, call.context) else { return SP_NOT_FOUND }
      let arena = Arena()
      defer { arena.release() }
      var given = sp_record()
      given.size = abiSize(sp_record.self)
      given.kind = kind
      given.key = key
      given.value = arena.bytes(record.value)
      given.version = record.version.number
      given.expires = record.expiry?.milliseconds ?? 0
      receive(&given)
      return SP_OK
    } catch {
      return error.status
    }
  }

  func stateApply(_ call: PluginCall, _ first: UnsafePointer<sp_change>?, _ count: Int)
    -> sp_status
  {
    guard grants(.state) else { return SP_DENIED }
    // A decision has no side effects: it may run and then lose the race for its artefact.
    if case .decision = call.kind { return SP_DENIED }
    guard let store = entry.services.state else { return SP_UNSUPPORTED }
    guard let elements = elements(first, count, atMost: 256), !elements.isEmpty else {
      return SP_INVALID
    }
    var changes: [Change] = []
    for element in elements {
      guard let change = change(element) else { return SP_INVALID }
      changes.append(change)
    }
    do throws(StorageError) {
      _ = try store.applyAndWait(changes, call.context)
      return SP_OK
    } catch {
      return error.status
    }
  }

  private func change(_ change: sp_change) -> Change? {
    guard let place = place(change.kind, change.key), let value = change.value.array,
      change.index_count == 0, change.expires >= 0
    else { return nil }
    let expectation: Change.Expectation
    switch Int(change.expect) {
    case SP_ANY: expectation = .any
    case SP_ABSENT: expectation = .absent
    case SP_EXACT: expectation = .exact(RecordVersion(change.version))
    default: return nil
    }
    switch Int(change.action) {
    case SP_PUT:
      let expiry = change.expires > 0 ? UnixTime(milliseconds: change.expires) : nil
      return Change(
        place, .put(value: value, expiry: expiry, indexes: []), expecting: expectation)
    case SP_DELETE: return Change(place, .delete, expecting: expectation)
    case SP_CHECK: return Change(place, .check, expecting: expectation)
    default: return nil
    }
  }

  /// No name of a plugin or kind has a NUL, so no two plugins' places meet.
  private func place(_ kind: sp_text, _ key: sp_bytes) -> RecordKey? {
    guard let kind = kind.validated, (1...64).contains(kind.utf8.count), let key = key.array,
      !key.isEmpty, !kind.utf8.contains(0)
    else { return nil }
    let whole = Array(plugin.utf8) + [0] + Array(kind.utf8) + [0] + key
    return whole.count <= 512 ? RecordKey(kind: Self.kind, key: whole) : nil
  }
}
