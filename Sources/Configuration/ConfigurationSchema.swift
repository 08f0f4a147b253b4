internal import JSON

/// The schema of the config file in the forms in which people and programs read it.
///
/// All of them, like the decoding itself, come from the sections beside the options.
public enum ConfigurationSchema {
  /// JSON Schema 2020-12, for editors.
  public static func jsonSchema() -> String { JSONSchemaText.text() }

  /// A commented example that names every key; it loads as it is once its secrets are there.
  public static func example() -> String { ExampleText.text() }

  /// `docs/configuration.md`.
  public static func documentation() -> String { DocumentationText.text() }
}

extension ConfigurationFile {
  /// What counts after the defaults, as JSON with secrets masked; throws what `load` throws.
  public static func effective(
    path: String, demo: Bool = false
  ) throws(ConfigurationFaults) -> String {
    _ = try load(path: path, demo: demo)
    return EffectiveText.text(try document(path).root)
  }
}
