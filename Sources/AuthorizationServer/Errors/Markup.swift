/// HTML that is safe by construction: text gets in only escaped, tags only from this program.
struct Markup {
  /// The bytes so far, as text.
  private(set) var html = ""

  /// A tag of this program's own.
  mutating func tag(_ tag: StaticString) { html += tag.description }

  /// A tag whose one attribute carries text.
  mutating func tag(_ name: StaticString, _ attribute: StaticString, _ value: String) {
    html += "<\(name) \(attribute)=\"\(Self.escaped(value))\">"
  }

  /// Text, where backticks make code of what is between them.
  mutating func text(_ text: String) {
    let pieces = text.split(separator: "`", omittingEmptySubsequences: false)
    for (index, piece) in pieces.enumerated() {
      let isCode = index % 2 == 1 && index < pieces.count - 1
      html += isCode ? "<code>\(Self.escaped(piece))</code>" : Self.escaped(piece)
    }
  }

  private static func escaped(_ text: some StringProtocol) -> String {
    var escaped = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }
}
