internal import Diagnostics
internal import JOSE

/// An error with a reason code and what was found.
protocol ExplainedError: Error {
  var code: ReasonCode { get }
  var detail: String? { get }
}

extension JOSEError: ExplainedError {}
extension JWEError: ExplainedError {}

extension CommandFailure {
  /// What is wrong with what was read, or with the key in a file.
  init(_ error: some ExplainedError, in path: String? = nil) {
    let text = Self.text(error.code, error.detail)
    self = .operation(path.map { "\($0): \(text)" } ?? text)
  }

  /// What a body gives, or its error put into words.
  static func explaining<Result, Failure: ExplainedError>(
    in path: String? = nil, _ body: () throws(Failure) -> Result
  ) throws(CommandFailure) -> Result {
    do {
      return try body()
    } catch {
      throw CommandFailure(error, in: path)
    }
  }

  /// The reason's code, its meaning, what was found, and the way out, on one line.
  private static func text(_ code: ReasonCode, _ detail: String?) -> String {
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
