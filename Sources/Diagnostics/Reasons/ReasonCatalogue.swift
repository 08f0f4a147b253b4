/// Everything this program can say about why something did not work: the table of contents.
///
/// The pages under `docs/errors`, the page that `error_uri` leads to and `sallyport explain` are made
/// from it. A new code is a case of `ReasonCode` and an entry in its area; a test demands both.
public enum ReasonCatalogue {
  /// The areas, in the order of a request's life.
  public static let areas: [ReasonArea] = [
    http, server,
    request, client, grant, scope, resource,
    route, token, upstream,
    storage, key, plugin, loading, jose, jwe,
    admin,
  ]

  private static let entries: [ReasonCode: ReasonEntry] = Dictionary(
    areas.flatMap(\.entries).map { ($0.code, $0) }
  ) { first, _ in first }

  /// What is to be said of a code.
  public static func entry(of code: ReasonCode) -> ReasonEntry {
    // A test demands an entry for each code, so the other side is never seen.
    entries[code] ?? ReasonEntry(code, code.rawValue, shownAs: [], means: "", remedy: "")
  }

  /// The area that a code belongs to.
  public static func area(of code: ReasonCode) -> ReasonArea? { areasByCode[code] }

  private static let areasByCode: [ReasonCode: ReasonArea] = Dictionary(
    areas.flatMap { area in area.entries.map { ($0.code, area) } }
  ) { first, _ in first }

  /// The reasons that may hide behind what a client is told, in the order of the catalogue.
  public static func reasons(shownAs error: PublicError) -> [ReasonEntry] {
    areas.flatMap(\.entries).filter { $0.shownAs.contains(error) }
  }
}

/// What belongs together in the catalogue, and on one page.
public struct ReasonArea: Sendable {
  /// The name of its page.
  public let name: String
  /// The page's title.
  public let title: String
  /// What the reasons have in common.
  public let introduction: String
  /// The reasons.
  public let entries: [ReasonEntry]

  init(_ name: String, _ title: String, _ introduction: String, _ entries: [ReasonEntry]) {
    self.name = name
    self.title = title
    self.introduction = introduction
    self.entries = entries
  }
}
