internal import CSallyport

/// The storage that a plugin offers.
public struct StorageOffer: @unchecked Sendable {
  // The table is constant: the ABI has it live and stay as it is for the life of the process.
  let table: sp_storage

  init(_ offer: sp_offer, _ path: String, plugin: String) throws(PluginError) {
    let expected = MemoryLayout<sp_storage>.size
    guard Int(offer.size) >= expected else {
      throw .tooShort(path: path, what: "sp_storage", found: Int(offer.size), expected: expected)
    }
    guard let pointer = offer.table else {
      throw .malformed(path: path, what: "the table of a storage is NULL")
    }
    table = pointer.loadUnaligned(as: sp_storage.self)
    let required = [
      ("validate", table.validate == nil), ("open", table.open == nil),
      ("capabilities", table.capabilities == nil), ("get", table.get == nil),
      ("find", table.find == nil), ("scan", table.scan == nil), ("apply", table.apply == nil),
      ("sweep", table.sweep == nil), ("health", table.health == nil),
      ("stats", table.stats == nil), ("backup", table.backup == nil),
      ("close", table.close == nil),
    ]
    if let missing = required.first(where: \.1) {
      throw .missingFunction(path: path, name: "sp_storage.\(missing.0)")
    }
  }
}
