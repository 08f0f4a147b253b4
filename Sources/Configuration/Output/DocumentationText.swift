internal import JSON

/// `docs/configuration.md`: the same schema for people.
struct DocumentationText {
  private var text = DocumentationText.introduction

  static func text() -> String {
    var page = DocumentationText()
    page.section(Shape.file, at: "", title: "The file")
    return page.text
  }

  private mutating func section(_ shape: Shape, at path: String, title: String) {
    guard case .section(let section) = shape.kind else { return }
    text += "\n## \(title)\n\n\(section.documentation)\n\n"
    text += "| key | value | default | meaning |\n| --- | --- | --- | --- |\n"
    for field in section.fields { text += row(field) }
    for field in section.fields {
      let place = path.isEmpty ? field.name : "\(path).\(field.name)"
      subsection(field.shape, at: place)
    }
  }

  private mutating func subsection(_ shape: Shape, at path: String) {
    switch shape.kind {
    case .section: section(shape, at: path, title: "`\(path)`")
    case .list(let element, _): subsection(element, at: path + "[]")
    case .map(let element): subsection(element, at: path + ".*")
    default: break
    }
  }

  private func row(_ field: FieldShape) -> String {
    let fallback =
      switch field.presence {
      case .required: "**required**"
      case .optional: "–"
      case .defaults(let value): "`\(PrettyJSON.json5(value))`"
      }
    let cells = ["`\(field.name)`", words(field.shape), fallback, field.documentation]
    return "| " + cells.map(escaped).joined(separator: " | ") + " |\n"
  }

  private func words(_ shape: Shape) -> String {
    switch shape.kind {
    case .list(let element, let count):
      "\(count.lowerBound) to \(count.upperBound) of: \(words(element))"
    case .map(let element): "names, each with: \(words(element))"
    case .section: "an object, see below"
    case .free: "an object"
    default: shape.expectation
    }
  }

  private func escaped(_ cell: String) -> String {
    cell.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }

  private static let introduction = """
    # Configuration

    <!-- Made by the schema; a test compares. Edit the schema in Sources/Configuration. -->

    One [JSON5](https://json5.org) file: JSON with comments, trailing commas, keys without quotes.
    `sallyport check --config FILE` finds everything that is wrong in it at once, each fault as
    `FILE:LINE:COLUMN: what is wrong; what to do`. `sallyport config default` prints an example,
    `sallyport config schema` a JSON Schema for editors, `sallyport config show` what counts after
    the defaults, with secrets masked.

    - **Unknown keys and wrong types** are faults; nothing is ignored. A key twice is a fault.
    - **Secrets come by reference**: `{ env: "NAME" }` or `{ file: "path" }`, wherever a string may
      stand. One newline at the end of such a file does not count. A secret written out is refused
      unless `allowLiteralSecrets` is true.
    - **Who may write** the config or a file it refers to decides what the gateway does: files that
      group or others may write, or that belong to somebody else than root or the gateway's user,
      are refused.
    - **Paths** are relative to the folder of the config file.
    - **Lifetimes** are a whole number and a unit: `"500ms"`, `"30s"`, `"10m"`, `"12h"`, `"90d"`.
    - **Sizes** likewise: `"512B"`, `"64KiB"`, `"1MiB"`, `"1GiB"`.
    - **Port 0** is any free port; the `ready` line in the log names the real one.
    - **Routes** may not lie under paths that the gateway itself serves on the same listener:
      `/oauth2/` and `/oidc/` under the issuer's path, `/.well-known/`, `/health/`, `/.sallyport/`,
      `/ui/swagger/`.

    """
}
