public import Diagnostics
public import PluginHost
public import Ports

/// The plugins that the same build has put beside the test's executable, loaded as users load them.
public enum BuiltPlugins {
  /// One loader for the process: a library is loaded once.
  public static let loader = PluginLoader(directories: PluginLoader.standardDirectories())

  /// A log that keeps its lines away from the test's output.
  public static let quiet = Log(level: .error)

  /// A context that ends after so many milliseconds.
  public static func context(milliseconds: Int64 = 20_000, at now: UnixTime? = nil)
    -> CallContext
  {
    let start = now ?? Clock.system.now()
    return CallContext(
      request: RequestID.next(), now: start,
      deadline: start + Lifetime(milliseconds: milliseconds))
  }
}
