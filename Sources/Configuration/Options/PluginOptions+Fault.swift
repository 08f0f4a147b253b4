extension PluginOptions {
  /// A fault of what the entry names, at the entry's place.
  public func fault(_ problem: String, _ remedy: String) -> ConfigurationFault {
    ConfigurationFault(file: config.file, position: position, problem: problem, remedy: remedy)
  }
}
