internal import CSallyport

extension Offer {
  /// A storage.
  public static func storage<Plugin: StoragePlugin>(_: Plugin.Type) -> Offer
  where Plugin.Configuration == Configuration {
    Offer { arena in
      let table = storageTable(StorageMaker<Plugin>())
      return sp_offer(
        kind: UInt32(SP_OFFER_STORAGE), size: abiSize(sp_storage.self),
        table: UnsafeRawPointer(arena.array([table])))
    }
  }
}

/// Opens stores of one type.
///
/// A C function cannot be generic, so the table's functions reach this class through `self`, and
/// the next one through `instance`.
private class AnyStorageMaker {
  func validate(_ setup: sp_setup) throws(PluginFault) {}
  func open(_ setup: sp_setup, _ host: PluginHost) throws(PluginFault) -> StorageInstance {
    throw PluginFault("this storage cannot be opened")
  }
}

private final class StorageMaker<Plugin: StoragePlugin>: AnyStorageMaker {
  override func validate(_ setup: sp_setup) throws(PluginFault) {
    _ = try Plugin.Configuration(setup.members())
  }

  override func open(_ setup: sp_setup, _ host: PluginHost) throws(PluginFault)
    -> StorageInstance
  {
    let configuration = try Plugin.Configuration(setup.members())
    return StorageInstance(
      try Plugin(
        configuration: configuration, stateFolder: setup.state_folder.string, host: host),
      host)
  }
}

/// One open store.
private final class StorageInstance {
  let plugin: any StoragePlugin
  let host: UnsafePointer<sp_host>

  init(_ plugin: any StoragePlugin, _ host: PluginHost) {
    self.plugin = plugin
    self.host = host.table
  }

  /// Runs a call and turns what it throws into a status and a report; without a record a `get`
  /// has found nothing.
  func run(
    _ context: UnsafePointer<sp_context>?, needsRecord: Bool = false,
    _ body: (StorageCall) throws(StorageFault) -> String
  ) -> sp_status {
    let context = given(context)
    var records = 0
    return withUnsafeMutablePointer(to: &records) { records in
      let call = StorageCall(
        context: PluginContext(context), site: context.pointee.site.string, host: host,
        given: records)
      do throws(StorageFault) {
        answer(try body(call), call)
        return needsRecord && records.pointee == 0 ? SP_NOT_FOUND : SP_OK
      } catch {
        if !error.detail.isEmpty {
          PluginHost(table: host).report(PluginFault(error.detail), call.context.call)
        }
        return error.status
      }
    }
  }

  private func answer(_ text: String, _ call: StorageCall) {
    guard !text.isEmpty else { return }
    let arena = Arena()
    defer { arena.release() }
    // A refused text fails the call at the host, with its reason in the log.
    _ = host.pointee.text(host, call.context.call, arena.text(text))
  }
}

private func storageTable(_ maker: AnyStorageMaker) -> sp_storage {
  var table = sp_storage()
  table.`self` = Unmanaged.passRetained(maker).toOpaque()
  table.validate = { maker, host, setup, context in
    reporting(to: given(host), given(context).pointee.call) { () throws(PluginFault) in
      try storageMaker(maker).validate(given(setup).pointee)
    }
  }
  table.open = { maker, host, setup, context, instance in
    reporting(to: given(host), given(context).pointee.call) { () throws(PluginFault) in
      let opened = try storageMaker(maker).open(
        given(setup).pointee, PluginHost(table: given(host)))
      given(instance).pointee = Unmanaged.passRetained(opened).toOpaque()
    }
  }
  table.capabilities = { storage($0).plugin.capabilities.rawValue }
  table.close = { instance in
    storage(instance).plugin.close()
    Unmanaged<StorageInstance>.fromOpaque(given(instance)).release()
  }
  setReads(&table)
  setUpkeep(&table)
  table.apply = { instance, changes, count, context in
    let instance = storage(instance)
    let call = ApplyCall(instance.host, given(context))
    do throws(StorageFault) {
      instance.plugin.apply(try RecordChange.read(changes, count), call)
    } catch {
      call.fail(error)
    }
  }
  return table
}

private func setReads(_ table: inout sp_storage) {
  table.get = { instance, kind, key, context in
    let instance = storage(instance)
    return instance.run(context, needsRecord: true) { call throws(StorageFault) in
      try instance.plugin.get(kind.string, key.buffer, call)
      return ""
    }
  }
  table.find = { instance, query, context in
    let instance = storage(instance)
    return instance.run(context) { call throws(StorageFault) in
      let query = try RecordQuery(given(query).pointee)
      guard query.entry != nil else { throw StorageFault(.invalid, "find without an index") }
      try instance.plugin.find(query, call)
      return ""
    }
  }
  table.scan = { instance, query, context in
    let instance = storage(instance)
    return instance.run(context) { call throws(StorageFault) in
      try instance.plugin.scan(RecordQuery(given(query).pointee), call)
      return ""
    }
  }
}

private func setUpkeep(_ table: inout sp_storage) {
  table.sweep = { instance, limit, context in
    let instance = storage(instance)
    return instance.run(context) { call throws(StorageFault) in
      let removed = try instance.plugin.sweep(limit: Int(limit), call)
      return JSONMembers(dictionaryLiteral: ("removed", .integer(Int64(removed)))).text
    }
  }
  table.health = { instance, context in
    let instance = storage(instance)
    return instance.run(context) { call throws(StorageFault) in
      try instance.plugin.health(call)
      return ""
    }
  }
  table.stats = { instance, context in
    let instance = storage(instance)
    return instance.run(context) { call throws(StorageFault) in
      try instance.plugin.statistics(call).text
    }
  }
  table.backup = { instance, path, context in
    let instance = storage(instance)
    return instance.run(context) { call throws(StorageFault) in
      try instance.plugin.backup(to: path.string, call)
      return ""
    }
  }
}

extension StorageStatistics {
  fileprivate var text: String {
    var counts = JSONMembers()
    for (kind, count) in records { counts[kind] = .integer(Int64(count)) }
    var members: JSONMembers = ["records": .object(counts), "bytes": .integer(Int64(bytes))]
    if let expired { members["expired"] = .integer(Int64(expired)) }
    if let oldestExpiry { members["oldest_expiry"] = .integer(oldestExpiry) }
    return members.text
  }
}

private func storageMaker(_ pointer: UnsafeMutableRawPointer?) -> AnyStorageMaker {
  Unmanaged<AnyStorageMaker>.fromOpaque(given(pointer)).takeUnretainedValue()
}

private func storage(_ pointer: UnsafeMutableRawPointer?) -> StorageInstance {
  Unmanaged<StorageInstance>.fromOpaque(given(pointer)).takeUnretainedValue()
}
