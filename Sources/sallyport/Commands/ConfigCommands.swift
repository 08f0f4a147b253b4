internal import Configuration

enum ConfigCommands {
  static let schema = Command("config schema", "Print the JSON Schema of the config") {
    _ throws(CommandFailure) in Terminal.say(ConfigurationSchema.jsonSchema())
  }

  static let show = Command(
    "config show", "Print the effective config, secrets masked", options: ConfigArgument.options
  ) { arguments throws(CommandFailure) in
    let place = try ConfigArgument.place(arguments)
    do throws(ConfigurationFaults) {
      Terminal.say(try ConfigurationFile.effective(path: place.path, demo: place.isDemo))
    } catch {
      throw .configuration(error.faults.map(\.description))
    }
  }

  static let example = Command("config default", "Print a commented example config") {
    _ throws(CommandFailure) in Terminal.say(ConfigurationSchema.example())
  }
}
