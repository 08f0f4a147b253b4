internal import Diagnostics
internal import JOSE

extension CommandFailure {
  /// What is wrong with a signed object or its claims.
  init(_ error: JOSEError) { self = .operation(Self.text(error.code, error.detail)) }

  /// What is wrong with a key in a file.
  init(_ error: JOSEError, in path: String) {
    self = .operation("\(path): " + Self.text(error.code, error.detail))
  }

  /// The reason's code, its meaning, what was found, and the way out, on one line.
  static func text(_ code: ReasonCode, _ detail: String?) -> String {
    let entry = ReasonCatalogue.entry(of: code)
    let meaning = entry.meaning.withoutLastPoint
    let remedy = entry.remedy.withoutLastPoint
    let found = detail.map { " (\($0))" } ?? ""
    return "\(code.rawValue): \(meaning)\(found); \(remedy.prefix(1).lowercased())"
      + remedy.dropFirst()
  }
}

extension String {
  fileprivate var withoutLastPoint: Substring {
    let text = self[...]
    return text.last == "." ? text.dropLast() : text
  }
}
