public import OAuth

/// The loaded grants by their `grant_type`.
public struct GrantCatalogue: Sendable {
  /// A grant and what the config says of it.
  public struct Entry: Sendable {
    /// The grant.
    public let grant: any Grant
    /// Whether it may run on an event loop: it says it is pure and the config trusts that.
    public let runsOnLoop: Bool
    /// Who provides it, for messages: the plugin's file.
    public let source: String

    /// An entry.
    public init(grant: any Grant, trustedAsPure: Bool, source: String) {
      self.grant = grant
      runsOnLoop = trustedAsPure && grant.declaration.isPure
      self.source = source
    }
  }

  /// Two plugins answer the same `grant_type`.
  public struct Duplicate: Error, CustomStringConvertible {
    /// The grant type.
    public let grantType: GrantType
    /// The plugin that was there first.
    public let first: String
    /// The plugin that came second.
    public let second: String

    /// Names both, and the way out.
    public var description: String {
      "grant_type \"\(grantType)\" is offered by \(first) and by \(second); "
        + "remove one of them from plugins.grants"
    }
  }

  private let entries: [GrantType: Entry]

  /// The grant types, in the order of their names.
  public let grantTypes: [GrantType]

  /// A catalogue of grants with different types.
  public init(_ list: [Entry]) throws(Duplicate) {
    var entries: [GrantType: Entry] = [:]
    for entry in list {
      let type = entry.grant.declaration.grantType
      if let first = entries[type] {
        throw Duplicate(grantType: type, first: first.source, second: entry.source)
      }
      entries[type] = entry
    }
    self.entries = entries
    grantTypes = entries.keys.sorted { $0.text < $1.text }
  }

  /// Whether any grant takes clients that cannot authenticate.
  public var servesPublicClients: Bool {
    entries.values.contains { !$0.grant.declaration.isForConfidentialClients }
  }

  /// The grant of a type, or nil.
  public subscript(grantType: GrantType) -> Entry? { entries[grantType] }
}
