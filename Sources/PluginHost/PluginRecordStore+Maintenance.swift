internal import CSallyport
internal import Diagnostics
internal import JSON
public import Ports

extension PluginRecordStore: StorageMaintenance {
  /// Removes up to `limit` expired records; returns how many went.
  public func sweep(limit: Int, _ context: CallContext) throws(StorageError) -> Int {
    let answer = try ask(context) { table.sweep(instance, UInt32(clamping: limit), $0) }
    return Int(clamping: answer["removed"]?.integer ?? 0)
  }

  /// Throws unless the store can read and write now and no more calls are stuck than may be.
  public func health(_ context: CallContext) throws(StorageError) {
    if let illness { throw .unavailable(illness) }
    _ = try ask(context) { table.health(instance, $0) }
  }

  /// What lies in the store, as far as the plugin says.
  public func statistics(_ context: CallContext) throws(StorageError) -> StorageStatistics {
    let answer = try ask(context) { table.stats(instance, $0) }
    let counts = (answer["records"]?.object?.members ?? []).map { name, value in
      RecordCount(kind: name, count: UInt64(clamping: value.integer ?? 0))
    }
    let oldest = answer["oldest_expiry"]?.integer.map { UnixTime(milliseconds: $0) }
    return StorageStatistics(
      records: counts, bytes: answer["bytes"]?.integer.map { UInt64(clamping: $0) },
      expired: answer["expired"]?.integer.map { UInt64(clamping: $0) },
      sweepLag: answer["expired"]?.integer.map { count in
        Lifetime(
          milliseconds: count > 0
            ? oldest.map { context.now.milliseconds &- $0.milliseconds } ?? 0 : 0)
      })
  }

  /// Writes a consistent copy to a new file.
  public func backup(to destination: String, _ context: CallContext) throws(StorageError) {
    let arena = Arena()
    defer { arena.release() }
    _ = try ask(context) { table.backup(instance, arena.text(destination), $0) }
  }

  /// Makes a call that answers with a text, or with nothing.
  private func ask(_ context: CallContext, _ body: (UnsafePointer<sp_context>) -> sp_status)
    throws(StorageError) -> JSONObject
  {
    let (status, outcome) = host.call(PluginCall(.text, host, context), body)
    guard status == SP_OK else { throw StorageError(status, outcome?.reported ?? "") }
    switch outcome?.answer {
    case .success(.text(let bytes)): return try Self.parse(bytes)
    case .failure(let fault): throw .unavailable("plugin \(host.plugin): \(fault.detail)")
    case .success, nil: return JSONObject()
    }
  }

  private static func parse(_ bytes: [UInt8]) throws(StorageError) -> JSONObject {
    do throws(JSONError) {
      return try JSONValue(parsing: bytes).object ?? JSONObject()
    } catch {
      throw .unavailable("the store's answer is not JSON: \(error)")
    }
  }
}
