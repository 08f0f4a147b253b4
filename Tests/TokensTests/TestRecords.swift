import Diagnostics
import Ports
import Synchronization

/// Storage for these tests: the outside of the module, kept in a dictionary.
///
/// The real backends are tested where they are built; what matters here is that an `apply` is
/// atomic, that expectations hold, and that a call can be made to fail.
final class TestRecords: RecordStore {
  private struct State: Sendable {
    var records: [RecordKey: Record] = [:]
    var version: UInt64 = 0
    var callsBeforeFailure = Int.max
  }

  private let state = Mutex(State())
  let capabilities: StorageCapabilities = [.shared, .linearizable]

  /// Lets that many calls pass and fails all after them.
  func fail(afterCalls count: Int) { state.withLock { $0.callsBeforeFailure = count } }

  /// Every record of a kind.
  func all(_ kind: RecordKind) -> [Record] {
    state.withLock { $0.records.values.filter { $0.key.kind == kind } }
  }

  /// Puts a record as an attacker with access to the storage could.
  func overwrite(_ key: RecordKey, _ value: [UInt8]) {
    state.withLock { state in
      state.version += 1
      state.records[key] = Record(
        key: key, value: value, version: RecordVersion(state.version), expiry: nil, indexes: [])
    }
  }

  private func count(_ state: inout State) throws(StorageError) {
    guard state.callsBeforeFailure > 0 else { throw .unavailable("as the test asked") }
    state.callsBeforeFailure -= 1
  }

  func get(_ key: RecordKey, _ context: CallContext) throws(StorageError) -> Record? {
    try state.withLock { (state) throws(StorageError) in
      try count(&state)
      return state.records[key]
    }
  }

  func find(
    _ kind: RecordKind, _ entry: IndexEntry, after cursor: RecordCursor?, limit: Int,
    _ context: CallContext
  ) throws(StorageError) -> RecordPage {
    RecordPage(records: all(kind).filter { $0.indexes.contains(entry) }, next: nil)
  }

  /// Pages of one record, so that the reader has to turn them.
  func scan(
    _ kind: RecordKind, after cursor: RecordCursor?, limit: Int, _ context: CallContext
  ) throws(StorageError) -> RecordPage {
    try state.withLock { (state) throws(StorageError) in
      try count(&state)
      let sorted = state.records.values.filter { $0.key.kind == kind }
        .sorted { $0.key.key.lexicographicallyPrecedes($1.key.key) }
      let rest = sorted.drop { record in
        cursor.map { !$0.bytes.lexicographicallyPrecedes(record.key.key) } ?? false
      }
      guard let first = rest.first else { return RecordPage(records: [], next: nil) }
      return RecordPage(
        records: [first], next: rest.count > 1 ? RecordCursor(first.key.key) : nil)
    }
  }

  func apply(
    _ changes: [Change], _ context: CallContext,
    completion: @escaping @Sendable (Result<[RecordVersion?], StorageError>) -> Void
  ) {
    let result: Result<[RecordVersion?], StorageError> = state.withLock { state in
      do throws(StorageError) {
        try count(&state)
        for (index, change) in changes.enumerated() where !Self.holds(change, state.records) {
          throw .conflict(change: index)
        }
        return .success(changes.map { Self.perform($0, &state) })
      } catch {
        return .failure(error)
      }
    }
    completion(result)
  }

  private static func holds(_ change: Change, _ records: [RecordKey: Record]) -> Bool {
    switch change.expectation {
    case .any: true
    case .absent: records[change.key] == nil
    case .exact(let version): records[change.key]?.version == version
    }
  }

  private static func perform(_ change: Change, _ state: inout State) -> RecordVersion? {
    switch change.operation {
    case .put(let value, let expiry, let indexes):
      state.version += 1
      let version = RecordVersion(state.version)
      state.records[change.key] = Record(
        key: change.key, value: value, version: version, expiry: expiry, indexes: indexes)
      return version
    case .delete:
      state.records[change.key] = nil
      return nil
    case .check: return nil
    }
  }
}
