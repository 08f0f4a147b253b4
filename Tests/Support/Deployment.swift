import Foundation

/// One instance of the built program with a config, keys and state of its own.
///
/// Used by one thread at a time: its life belongs to the test, load threads only keep it alive.
package final class Deployment: @unchecked Sendable {
  package let folder: ScratchFolder
  package private(set) var process: ChildProcess?
  private var starts = 0

  /// Writes the files, starts the program and waits until it is ready.
  package init(_ config: DeploymentConfig = .standard, start: Bool = true) throws {
    folder = try ScratchFolder()
    try folder.write("master.key", (0..<32).map { _ in UInt8.random(in: 0...255) })
    try folder.write("client.secret", DeploymentConfig.secret)
    try write(config)
    if start { try self.start() }
  }

  deinit { process?.sendToAll(SIGKILL) }

  // MARK: Life

  /// Replaces the config file; the running program reads it at the next signal.
  package func write(_ config: DeploymentConfig) throws { try write(text: config.text) }

  package func write(text: String) throws { try folder.write("sallyport.json5", text) }

  /// Starts the program and waits for its `ready` line.
  package func start(environment: [String: String] = [:]) throws {
    try launch(environment: environment)
    try eventually(upTo: 20, until: "ready; the log says:\n\(log.suffix(2000))") {
      if let code = process?.exitCode { throw Problem("ended with \(code):\n\(log)") }
      return events("ready").count >= starts
    }
  }

  /// Starts the program, which must refuse, and returns how.
  package func refusal(environment: [String: String] = [:]) throws -> CommandResult {
    let before = log.count
    try launch(environment: environment)
    let code = try process?.finished() ?? -1
    starts -= 1
    return CommandResult(exitCode: code, output: "", errors: String(log.dropFirst(before)))
  }

  /// Asks for a graceful end and returns the exit code.
  @discardableResult
  package func stop(within seconds: Double = 20) throws -> Int32? {
    process?.send(SIGTERM)
    return try process?.finished(within: seconds)
  }

  /// Ends it as a power cut would.
  package func kill() throws {
    process?.sendToAll(SIGKILL)
    _ = try process?.finished()
  }

  private func launch(environment: [String: String]) throws {
    starts += 1
    process = try ChildProcess(
      Program.sallyport, ["serve", "--config", folder.path("sallyport.json5")],
      in: folder.root, environment: environment, output: folder.path("log"),
      errors: folder.path("log"))
  }

  // MARK: What it says

  /// All that it wrote, since the first start.
  package var log: String {
    // Before the first start there is no file yet.
    (try? folder.read("log")) ?? ""
  }

  /// The log lines of one event.
  package func events(_ name: String) -> [String] {
    log.split(separator: "\n").map(String.init).filter { $0.contains("\"event\":\"\(name)\"") }
  }

  /// The addresses of the last `ready` line, in the config's order.
  package func addresses() throws -> [URL] {
    guard let ready = events("ready").last else { throw Problem("not ready") }
    return ready.split(separator: "\"").map(String.init)
      .filter { $0.hasPrefix("http://") || $0.hasPrefix("https://") }
      .compactMap(URL.init(string:))
  }

  /// The port of the listener at that place in the config.
  package func port(_ index: Int = 0) throws -> UInt16 {
    let all = try addresses()
    guard all.indices.contains(index), let port = all[index].port else {
      throw Problem("no listener \(index) in \(all)")
    }
    return UInt16(port)
  }

  package func caller(_ index: Int = 0) throws -> HTTPCaller {
    HTTPCaller(port: try port(index), deployment: self)
  }

  /// Calls the admin socket.
  package func adminCaller() -> HTTPCaller {
    HTTPCaller(socket: folder.path("admin.sock"), deployment: self)
  }

  // MARK: What every test needs

  /// The form of a client_credentials request.
  package static func form(
    _ client: String = "app", scope: String? = "api.read", secret: String = DeploymentConfig.secret
  ) -> [(String, String)] {
    [("grant_type", "client_credentials"), ("client_id", client), ("client_secret", secret)]
      + (scope.map { [("scope", $0)] } ?? [])
  }

  /// An access token of that client.
  package func token(_ client: String = "app", scope: String? = "api.read") throws -> String {
    let answer = try caller().post("/oauth2/v1/token", form: Self.form(client, scope: scope))
    guard answer.status == 200 else { throw Problem("\(answer.status) \(answer.text)") }
    return try answer.string("access_token")
  }

  /// Runs a command of the program on this deployment.
  package func command(_ arguments: [String], input: String = "") throws -> CommandResult {
    try execute(
      Program.sallyport, arguments + ["--config", folder.path("sallyport.json5")], input: input,
      in: folder.root)
  }
}
