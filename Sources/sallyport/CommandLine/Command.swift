/// One command of the program: what help shows and what runs.
struct Command: Sendable {
  /// An option: its name with the dashes, the name of its value (nil for a flag), and a sentence.
  struct Option: Sendable {
    let name: String
    let value: String?
    let summary: String

    init(_ name: String, _ value: String? = nil, _ summary: String) {
      self.name = name
      self.value = value
      self.summary = summary
    }
  }

  /// The words that call it: `serve`, `client create`.
  let name: String
  /// The words after the name that are no options, as help shows them.
  let operands: String
  /// How many such words there may be.
  let mostPositional: Int
  /// One sentence.
  let summary: String
  /// The options.
  let options: [Option]
  /// The work.
  let run: @Sendable (Arguments) throws(CommandFailure) -> Void

  init(
    _ name: String, operands: String = "", mostPositional: Int = 0, _ summary: String,
    options: [Option] = [], run: @escaping @Sendable (Arguments) throws(CommandFailure) -> Void
  ) {
    self.name = name
    self.operands = operands
    self.mostPositional = mostPositional
    self.summary = summary
    self.options = options
    self.run = run
  }

  /// The text of `--help`.
  var help: String {
    var lines = [
      "usage: sallyport \(name)\(options.isEmpty ? "" : " [options]")"
        + (operands.isEmpty ? "" : " \(operands)"), "", summary,
    ]
    if !options.isEmpty { lines += ["", "options:"] }
    for option in options {
      let left = option.name + (option.value.map { " \($0)" } ?? "")
      lines.append("  " + left.padded(to: 24) + option.summary)
    }
    return lines.joined(separator: "\n")
  }
}

extension String {
  func padded(to width: Int) -> String {
    count < width ? self + String(repeating: " ", count: width - count) : self + " "
  }
}
