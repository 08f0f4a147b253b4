internal import Gateway

enum VersionCommand {
  static let command = Command("version", "Print the version") { _ throws(CommandFailure) in
    Terminal.say("sallyport \(Release.version)")
  }
}
