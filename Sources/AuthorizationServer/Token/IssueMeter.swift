public import Diagnostics
internal import OAuth
public import Ports

/// Counts issued tokens by grant type and format.
public struct IssueMeter: Sendable {
  private let tables: [GrantType: CounterTable]

  private static let issued = MetricDefinition(
    .counter, "sallyport_tokens_issued", "Access tokens given out.",
    labels: ["grant_type", "format"])

  /// A meter of the loaded grants.
  public init(_ registry: MetricRegistry, grants: GrantCatalogue) {
    let formats = TokenFormat.allCases.map(\.rawValue)
    var tables: [GrantType: CounterTable] = [:]
    for type in grants.grantTypes {
      tables[type] = registry.table(Self.issued, [type.text], varying: formats)
    }
    self.tables = tables
  }

  /// A meter that nobody reads.
  public init() { tables = [:] }

  func count(_ type: GrantType, _ format: TokenFormat) {
    guard let place = TokenFormat.allCases.firstIndex(of: format) else { return }
    tables[type]?.add(place)
  }
}
