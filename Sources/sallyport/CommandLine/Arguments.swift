/// The words after a command's name, read against the options that it declares.
struct Arguments {
  /// The words that are no options, in order.
  let positional: [String]
  private let values: [String: [String]]
  private let flags: Set<String>

  /// Reads words; an unknown option, a missing value or too many words are usage failures.
  init(_ words: [String], for command: Command) throws(CommandFailure) {
    var positional: [String] = []
    var values: [String: [String]] = [:]
    var flags: Set<String> = []
    var rest = words[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("--") else {
        positional.append(word)
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      guard let option = command.options.first(where: { $0.name == name }) else {
        throw .usage(
          "\(command.name): unknown option \(name); see 'sallyport \(command.name) --help'")
      }
      guard option.value != nil else {
        // `--public=false` must not come to mean `--public`.
        guard parts.count == 1 else {
          throw .usage("\(command.name): \(name) takes no value")
        }
        flags.insert(name)
        continue
      }
      guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst() else {
        throw .usage("\(command.name): \(name) needs a value")
      }
      values[name, default: []].append(value)
    }
    guard positional.count <= command.mostPositional else {
      throw .usage(
        "\(command.name): unexpected \"\(positional[command.mostPositional])\"; "
          + "see 'sallyport \(command.name) --help'")
    }
    self.positional = positional
    self.values = values
    self.flags = flags
  }

  /// Whether a flag was given.
  func has(_ flag: String) -> Bool { flags.contains(flag) }

  /// The value of an option; given twice it is a usage failure.
  func value(_ option: String) throws(CommandFailure) -> String? {
    let all = values[option] ?? []
    guard all.count <= 1 else { throw .usage("\(option) is given more than once") }
    return all.first
  }

  /// Every value of an option that may be repeated.
  func all(_ option: String) -> [String] { values[option] ?? [] }
}
