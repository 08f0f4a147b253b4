internal import Glibc

/// What a config file can refer to: its folder, the environment, other files.
struct Surroundings: Sendable {
  /// The file as the user named it, for messages.
  let file: String

  /// The folder that relative paths start from; absolute, without a slash at its end.
  let folder: String

  /// Whether this is a demonstration: literal secrets are fine, only loopback is listened on.
  let isDemo: Bool

  /// The state folder that counts instead of the file's; absolute.
  let state: String?

  /// Looks up an environment variable.
  let environment: @Sendable (String) -> String?

  init(
    file: String, isDemo: Bool, state: String? = nil,
    environment: @escaping @Sendable (String) -> String? = Surroundings.processEnvironment
  ) {
    self.file = file
    self.isDemo = isDemo
    self.environment = environment
    let current = Self.currentFolder()
    self.state = state.map { Self.absolute($0, from: current) }
    let absolute = Self.absolute(file, from: current)
    folder = String(absolute[..<(absolute.lastIndex(of: "/") ?? absolute.startIndex)])
  }

  /// A path made absolute.
  func absolute(_ path: String) -> String { Self.absolute(path, from: folder) }

  private static func absolute(_ path: String, from folder: String) -> String {
    path.hasPrefix("/") ? path : folder + "/" + path
  }

  private static func currentFolder() -> String {
    guard let path = getcwd(nil, 0) else { return "" }
    defer { free(path) }
    let folder = String(cString: path)
    return folder == "/" ? "" : folder
  }

  static let processEnvironment: @Sendable (String) -> String? = { name in
    getenv(name).map { String(cString: $0) }
  }
}
