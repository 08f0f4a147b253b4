/// What this build calls itself.
public enum Release {
  /// The version (semver); the plugin ABI has its own.
  public static let version = "0.1.0"
}
