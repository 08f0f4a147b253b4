internal import SallyportPlugin

/// The options of a store in memory.
struct MemoryConfiguration: PluginConfiguration {
  /// What keys, values and index entries may take together.
  let maximumBytes: Int

  static let schema = """
    {"type":"object","additionalProperties":false,"properties":{
    "maximumBytes":{"type":"integer","minimum":1,"default":268435456,
    "description":"What all records may take together; a write over it is refused as full."}}}
    """

  init(_ members: JSONMembers) throws(PluginFault) {
    guard let value = members["maximumBytes"] else {
      maximumBytes = 256 << 20
      return
    }
    guard let number = value.integer, number > 0 else {
      throw PluginFault(
        at: "/maximumBytes", "found \(value.text), expected a whole number above 0")
    }
    maximumBytes = Int(number)
  }
}
