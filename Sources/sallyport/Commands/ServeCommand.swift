internal import Configuration
internal import Gateway

enum ServeCommand {
  static let command = Command(
    "serve", "Run the gateway", options: ConfigArgument.options
  ) { arguments throws(CommandFailure) in
    let place = try ConfigArgument.place(arguments)
    let options = try ConfigArgument.load(arguments)
    do throws(StartFailure) {
      let process = try GatewayProcess(
        options, launch: GatewayProcess.Launch(configPath: place.path, isDemo: place.isDemo))
      try process.run()
    } catch {
      throw CommandFailure(error)
    }
  }
}

extension CommandFailure {
  /// A failed start: what the config is at fault for, or what lies outside it.
  init(_ failure: StartFailure) {
    switch failure {
    case .configuration(let faults): self = .configuration(faults.map(\.description))
    case .operation(let text): self = .operation(text)
    }
  }
}
