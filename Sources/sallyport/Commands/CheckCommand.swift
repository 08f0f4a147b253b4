internal import Gateway

enum CheckCommand {
  static let command = Command(
    "check", "Validate a config, its plugins included, without side effects; all faults at once",
    options: ConfigArgument.options
  ) { arguments throws(CommandFailure) in
    let place = try ConfigArgument.place(arguments)
    let options = try ConfigArgument.load(arguments)
    do throws(StartFailure) {
      try ConfigCheck.run(options)
    } catch {
      throw CommandFailure(error)
    }
    Terminal.say("\(place.path): ok")
  }
}
