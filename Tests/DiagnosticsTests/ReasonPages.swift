import Diagnostics

/// The pages under `docs/errors`, made from the catalogue.
enum ReasonPages {
  /// Every page: its name and its text.
  static var all: [(name: String, text: String)] {
    [("index.md", index)] + ReasonCatalogue.areas.map { ("\($0.name).md", page($0)) }
  }

  private static var index: String {
    """
    # Errors and reasons

    A refused request gets an answer with a public error: the RFC's code, or HTTP's own status. Why it
    was refused, in more detail than a stranger may see, stands in the log under `reason`, and
    `sallyport explain REQUEST_ID` tells it with what to do. The id is in the answer's `X-Request-Id`.

    Reason codes are stable: a release may add some, and never changes what one means. These pages are
    made from the program's own catalogue.

    ## Areas

    | page | what it is about |
    | --- | --- |
    \(ReasonCatalogue.areas.map { "| [\($0.title)](\($0.name).md) | \($0.introduction) |" }.lines)

    ## What a client is told

    | public error | status | what it means | what the client can do | possible reasons |
    | --- | --- | --- | --- | --- |
    \(PublicError.allCases.map(row).lines)

    ## Every reason

    | code | in short |
    | --- | --- |
    \(ReasonCatalogue.areas.flatMap { area in area.entries.map { row($0, in: area) } }.lines)

    """
  }

  private static func row(_ error: PublicError) -> String {
    let entry = error.entry
    let reasons = ReasonCatalogue.reasons(shownAs: error).map { link($0) }
    return
      "| <a id=\"\(error.rawValue)\"></a>`\(error.rawValue)` (\(entry.source)) | \(entry.status) "
      + "| \(entry.meaning) | \(entry.remedy) | \(reasons.joined(separator: ", ")) |"
  }

  private static func row(_ entry: ReasonEntry, in area: ReasonArea) -> String {
    "| [`\(entry.code)`](\(area.name).md#\(entry.code)) | \(entry.title) |"
  }

  private static func link(_ entry: ReasonEntry) -> String {
    let area = ReasonCatalogue.areas.first { $0.entries.contains { $0.code == entry.code } }
    return "[`\(entry.code)`](\(area?.name ?? "").md#\(entry.code))"
  }

  private static func page(_ area: ReasonArea) -> String {
    """
    # \(area.title)

    \(area.introduction)

    | code | in short |
    | --- | --- |
    \(area.entries.map { "| [`\($0.code)`](#\($0.code)) | \($0.title) |" }.lines)

    \(area.entries.map(section).joined(separator: "\n\n"))

    [All errors and reasons](index.md)

    """
  }

  private static func section(_ entry: ReasonEntry) -> String {
    let shown = entry.shownAs.map { "[`\($0.rawValue)`](index.md#\($0.rawValue))" }
    let seen = shown.isEmpty ? "nothing: no request causes it" : shown.joined(separator: ", ")
    return """
      ## <a id="\(entry.code)"></a>\(entry.code)

      **\(entry.title).** \(entry.meaning)

      What to do: \(entry.remedy)

      A client sees: \(seen).
      """
  }
}

extension [String] {
  fileprivate var lines: String { joined(separator: "\n") }
}
