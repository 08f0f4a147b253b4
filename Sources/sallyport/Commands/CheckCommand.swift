internal import Gateway

enum CheckCommand {
  static let command = Command(
    "check", "Validate a config, its plugins included, without side effects; all faults at once",
    options: ConfigArgument.options + [
      Command.Option("--live", nil, "Also connect: storage, key sets, upstreams")
    ] + TrialCommand.options
  ) { arguments throws(CommandFailure) in
    if let request = try arguments.value("--request") {
      try TrialCommand.run(request, arguments)
      return
    }
    let place = try ConfigArgument.place(arguments)
    let options = try ConfigArgument.load(arguments)
    var faults: [String] = []
    do throws(StartFailure) {
      try ConfigCheck.run(options)
      if arguments.has("--live") { faults = try LiveCheck.faults(options, demo: place.isDemo) }
    } catch {
      throw CommandFailure(error)
    }
    for fault in faults { Terminal.complain("\(place.path): \(fault)") }
    guard faults.isEmpty else {
      throw .operation("\(place.path): what it names cannot all be reached")
    }
    Terminal.say("\(place.path): ok")
  }
}
