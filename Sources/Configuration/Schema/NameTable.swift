internal import JSON

/// The names that the config defines, by kind.
struct NameTable {
  /// What a name names.
  enum Kind: String {
    case client
    case resource
    case audience
    case scope
    case upstream
    case issuer
    case address

    /// Where such names are defined.
    var home: String {
      switch self {
      case .client: "clients"
      case .resource: "resources"
      case .audience: "resources, as \"audience\""
      case .scope: "resources, in \"scopes\""
      case .upstream: "proxy.upstreams"
      case .issuer: "proxy.issuers"
      case .address: "listeners"
      }
    }
  }

  private var places: [Kind: [String: SourcePosition]] = [:]

  /// Records a name; the place of an earlier one of the same kind and text.
  mutating func define(_ name: String, _ kind: Kind, at position: SourcePosition) -> SourcePosition?
  {
    if let first = places[kind]?[name] { return first }
    places[kind, default: [:]][name] = position
    return nil
  }

  func isDefined(_ name: String, _ kind: Kind) -> Bool { places[kind]?[name] != nil }

  func names(of kind: Kind) -> [String] { (places[kind] ?? [:]).keys.sorted() }
}
