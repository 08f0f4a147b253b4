/// A set of scopes in the order in which they were named, at most 100.
public struct ScopeSet: Equatable, Sendable, CustomStringConvertible {
  /// The scopes, each once.
  public let scopes: [Scope]

  /// The most scopes that one request may name.
  public static let limit = 100

  /// No scope at all.
  public static let empty = ScopeSet([])

  /// A set of scopes; repeats are dropped.
  public init(_ scopes: [Scope]) {
    // At most a hundred, and mostly three: comparing is quicker than hashing.
    var unique: [Scope] = []
    unique.reserveCapacity(scopes.count)
    for scope in scopes where !unique.contains(scope) { unique.append(scope) }
    self.scopes = unique
  }

  /// A set from its wire form, tokens divided by single spaces (RFC 6749 3.3), or nil.
  public init?(parsing text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard parts.count <= Self.limit else { return nil }
    var scopes: [Scope] = []
    scopes.reserveCapacity(parts.count)
    for part in parts {
      guard let scope = Scope(String(Substring(part))) else { return nil }
      scopes.append(scope)
    }
    self.init(scopes)
  }

  /// Whether there is none.
  public var isEmpty: Bool { scopes.isEmpty }

  /// Whether a scope is in the set.
  public func contains(_ scope: Scope) -> Bool { scopes.contains(scope) }

  /// Whether every scope of another set is in this one.
  public func contains(_ other: ScopeSet) -> Bool { other.scopes.allSatisfy(contains) }

  /// The scopes that are in both, in this set's order.
  public func intersection(_ other: ScopeSet) -> ScopeSet {
    ScopeSet(scopes.filter(other.contains))
  }

  /// The scopes that are not in another set.
  public func subtracting(_ other: ScopeSet) -> ScopeSet {
    ScopeSet(scopes.filter { !other.contains($0) })
  }

  /// The wire form.
  public var description: String { scopes.map(\.text).joined(separator: " ") }
}
