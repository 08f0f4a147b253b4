public import JOSE
public import OAuth
public import Ports

extension ClientAdministration {
  /// What this instance has to offer; a client that wants anything else is refused when it is made.
  ///
  /// It would else be refused at each of its token requests, far from whoever made the mistake.
  public struct Offered: Sendable {
    private let grants: GrantCatalogue
    private let scopes: ScopeSet
    private let algorithms: [JWSAlgorithm]

    /// The loaded grants, the scopes of the config's resources, and what keys can sign by.
    public init(grants: GrantCatalogue, scopes: ScopeSet, algorithms: [JWSAlgorithm]) {
      self.grants = grants
      self.scopes = scopes
      self.algorithms = algorithms
    }

    func refuseOthers(
      _ grantTypes: Set<GrantType>, _ wanted: ScopeSet, isPublic: Bool, _ tokens: TokenPreferences
    ) throws(AdminFault) {
      for type in grantTypes.sorted(by: { $0.text < $1.text }) {
        guard let entry = grants[type] else {
          let loaded = grants.grantTypes.map(\.text).joined(separator: ", ")
          throw .malformed("No loaded grant is \"\(type)\"; loaded: \(loaded).")
        }
        guard !isPublic || !entry.grant.declaration.isForConfidentialClients else {
          throw .malformed("The grant \"\(type)\" is not for public clients.")
        }
      }
      if let unknown = wanted.subtracting(scopes).scopes.first {
        throw .malformed("No resource has the scope \"\(unknown)\"; there are: \(scopes).")
      }
      if let algorithm = tokens.algorithm, !algorithms.contains(algorithm) {
        let keys = algorithms.map(\.rawValue).joined(separator: ", ")
        throw .malformed("No key signs by \(algorithm.rawValue); there are: \(keys).")
      }
    }
  }
}
