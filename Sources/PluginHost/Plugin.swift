internal import CSallyport
public import JSON

/// A loaded plugin: who it is and what it offers.
public final class Plugin: Sendable {
  /// Its name as in messages.
  public let name: String
  /// Its own version.
  public let version: String
  /// The file, with symbolic links resolved.
  public let path: String
  /// The SHA-256 of the file, in lower-case hexadecimal digits.
  public let sha256: String
  /// The JSON Schema of the options in its config entry.
  public let configurationSchema: JSONObject
  /// The grant types it offers.
  public let grants: [GrantOffer]
  /// The storage it offers, if it does.
  public let storage: StorageOffer?

  init(_ image: PluginImage) throws(PluginError) {
    let path = image.file.path
    let descriptor = image.descriptor
    name = try Self.name(of: descriptor, path)
    guard let version = descriptor.version.validated, !version.isEmpty else {
      throw .malformed(path: path, what: "its version is empty or not UTF-8")
    }
    self.version = version
    self.path = path
    sha256 = PluginFile.hex(image.file.digest)
    configurationSchema = try Self.schema(of: descriptor, path)
    var grants: [GrantOffer] = []
    var storages: [StorageOffer] = []
    for offer in try Self.offers(of: descriptor, path) {
      switch Int(offer.kind) {
      case SP_OFFER_GRANT: grants.append(try GrantOffer(offer, path, plugin: name))
      case SP_OFFER_STORAGE: storages.append(try StorageOffer(offer, path, plugin: name))
      default: break
      }
    }
    guard storages.count <= 1 else {
      throw .malformed(path: path, what: "it offers \(storages.count) storages, expected one")
    }
    self.grants = grants
    storage = storages.first
  }

  private static func name(of descriptor: sp_plugin, _ path: String) throws(PluginError) -> String {
    guard let name = descriptor.name.validated, (1...64).contains(name.utf8.count),
      name.utf8.allSatisfy({
        (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d
      })
    else { throw .malformed(path: path, what: "its name is not [a-z0-9-]{1,64}") }
    return name
  }

  private static func schema(of descriptor: sp_plugin, _ path: String) throws(PluginError)
    -> JSONObject
  {
    guard let bytes = descriptor.config_schema.array,
      case .object(let schema)? = parsed(bytes)
    else { throw .malformed(path: path, what: "its config_schema is not a JSON object") }
    return schema
  }

  private static func parsed(_ bytes: [UInt8]) -> JSONValue? {
    do throws(JSONError) { return try JSONValue(parsing: bytes) } catch { return nil }
  }

  private static func offers(of descriptor: sp_plugin, _ path: String) throws(PluginError)
    -> [sp_offer]
  {
    guard (1...64).contains(descriptor.offer_count), let first = descriptor.offers else {
      throw .malformed(path: path, what: "it has \(descriptor.offer_count) offers, expected 1...64")
    }
    return Array(UnsafeBufferPointer(start: first, count: descriptor.offer_count))
  }
}
