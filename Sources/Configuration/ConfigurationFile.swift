internal import JSON

/// The config file of an instance.
public enum ConfigurationFile {
  /// The most bytes that a config file may have.
  static let limit = 1_048_576

  /// Reads a config file and everything that it refers to.
  ///
  /// Throws every fault that can be found without side effects, each with its place. In a
  /// demonstration secrets may stand in the file, master keys may be missing, and all listeners
  /// must be loopback. A state folder given here counts instead of the file's.
  public static func load(
    path: String, demo: Bool = false, state: String? = nil
  ) throws(ConfigurationFaults) -> GatewayOptions {
    try load(Surroundings(file: path, isDemo: demo, state: state))
  }

  /// Reads a config file with an environment of one's own.
  package static func load(
    path: String, demo: Bool, state: String? = nil,
    environment: @escaping @Sendable (String) -> String?
  ) throws(ConfigurationFaults) -> GatewayOptions {
    try load(Surroundings(file: path, isDemo: demo, state: state, environment: environment))
  }

  private static func load(_ surroundings: Surroundings) throws(ConfigurationFaults)
    -> GatewayOptions
  {
    let document = try document(surroundings.file)
    var reading = Reading(document.root, surroundings: surroundings)
    let options = GatewayOptions.codec.decode(document.root, &reading)
    reading.finish()
    let faults =
      document.duplicates.map { fault($0, in: surroundings.file) } + reading.faults
    guard faults.isEmpty, let options else { throw ConfigurationFaults(faults) }
    return options
  }

  static func document(_ path: String) throws(ConfigurationFaults) -> JSON5Document {
    let bytes: [UInt8]
    do {
      bytes = try TrustedFile.read(path, limit: limit)
    } catch {
      throw ConfigurationFaults([
        ConfigurationFault(
          file: path, position: nil, problem: error.problem, remedy: error.remedy)
      ])
    }
    do {
      return try JSON5Document(parsing: bytes, limits: JSONLimits(members: 100_000))
    } catch {
      throw ConfigurationFaults([fault(error, in: path)])
    }
  }

  private static func fault(_ error: JSON5Error, in file: String) -> ConfigurationFault {
    ConfigurationFault(
      file: file, position: error.position, problem: error.reason.problem,
      remedy: error.reason.remedy)
  }
}
