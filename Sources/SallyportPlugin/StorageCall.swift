internal import CSallyport

/// A read or an upkeep call of the host, and where its records go.
public struct StorageCall {
  /// Time, deadline and cancellation.
  public let context: PluginContext
  /// The tenant; records of sites stay apart.
  public let site: String
  let host: UnsafePointer<sp_host>
  let given: UnsafeMutablePointer<Int>

  /// Whether a record with this expiry is absent now.
  public func isExpired(_ expires: Int64) -> Bool { expires != 0 && expires <= context.time }

  /// Gives one record to the host, which copies it at once.
  public func give(
    _ kind: String, key: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer, version: UInt64,
    expires: Int64, index: [IndexEntry] = []
  ) {
    let arena = Arena()
    defer { arena.release() }
    var record = sp_record()
    record.size = abiSize(sp_record.self)
    record.kind = arena.text(kind)
    record.key = sp_bytes(key)
    record.value = sp_bytes(value)
    record.version = version
    record.expires = expires
    record.index = arena.array(
      index.map {
        sp_index_entry(
          size: abiSize(sp_index_entry.self), name: arena.text($0.name),
          value: arena.bytes($0.value))
      })
    record.index_count = index.count
    given.pointee += 1
    // A record that the host refuses fails the call there, with its reason in the log.
    _ = host.pointee.record(host, context.call, &record)
  }
}

/// A page of records to give.
public struct RecordQuery: Sendable {
  /// The kind.
  public let kind: String
  /// The index and value that a record's entry must equal; nil for a scan.
  public let entry: IndexEntry?
  /// Only keys greater than this, bytewise; empty for the start.
  public let after: [UInt8]
  /// 1 to 1000 records.
  public let limit: Int
  /// Whether the index entries are wanted too.
  public let wantsIndex: Bool

  init(_ query: sp_query) throws(StorageFault) {
    guard (1...1000).contains(query.limit) else {
      throw StorageFault(.invalid, "a limit is 1 to 1000, not \(query.limit)")
    }
    kind = query.kind.string
    entry =
      query.index.length == 0
      ? nil : IndexEntry(name: query.index.string, value: Array(query.value.buffer))
    after = Array(query.after.buffer)
    limit = Int(query.limit)
    wantsIndex = query.flags & UInt32(SP_QUERY_INDEX) != 0
  }
}

/// An `apply` on its way, to be completed once, from any thread.
public struct ApplyCall: @unchecked Sendable {
  // The host keeps its table for the life of the process and allows calls from any thread.
  private let host: UnsafePointer<sp_host>
  /// Time, deadline and cancellation.
  public let context: PluginContext
  /// The tenant; records of sites stay apart.
  public let site: String

  init(_ host: UnsafePointer<sp_host>, _ context: UnsafePointer<sp_context>) {
    self.host = host
    self.context = PluginContext(context)
    site = context.pointee.site.string
  }

  /// All changes hold; each put has a new version, deletes and checks have 0.
  public func complete(versions: [UInt64]) {
    versions.withUnsafeBufferPointer { versions in
      var applied = sp_applied()
      applied.size = abiSize(sp_applied.self)
      applied.status = SP_OK
      applied.versions = versions.baseAddress
      applied.version_count = versions.count
      // A late completion changes nothing: the host has called the outcome unknown by then.
      _ = host.pointee.applied(host, context.call, &applied)
    }
  }

  /// Nothing holds, or (`.unknown`) perhaps everything.
  public func fail(_ fault: StorageFault) {
    if !fault.detail.isEmpty {
      PluginHost(table: host).report(PluginFault(fault.detail), context.call)
    }
    var applied = sp_applied()
    applied.size = abiSize(sp_applied.self)
    applied.status = fault.status
    if case .conflict(let position) = fault.kind { applied.conflict = position }
    // As above.
    _ = host.pointee.applied(host, context.call, &applied)
  }
}

extension StorageFault {
  var status: sp_status {
    switch kind {
    case .conflict: SP_CONFLICT
    case .busy: SP_BUSY
    case .unknown: SP_UNKNOWN
    case .full: SP_FULL
    case .readOnly: SP_READ_ONLY
    case .unavailable: SP_UNAVAILABLE
    case .corrupt: SP_CORRUPT
    case .invalid: SP_INVALID
    case .tooLarge: SP_TOO_LARGE
    case .cancelled: SP_CANCELLED
    case .unsupported: SP_UNSUPPORTED
    case .failed: SP_FAILED
    }
  }
}
