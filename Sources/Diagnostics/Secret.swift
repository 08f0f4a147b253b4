/// A value that no log line, error or debug print may show.
///
/// It prints as `[redacted]`, is not `Codable`, and is read only by saying so.
public struct Secret<Value: Sendable>: Sendable, CustomStringConvertible,
  CustomDebugStringConvertible, CustomReflectable
{
  private let value: Value

  /// Hides a value.
  public init(_ value: Value) { self.value = value }

  /// The value itself, for the one place that needs it.
  public func reveal() -> Value { value }

  /// Always `[redacted]`.
  public var description: String { "[redacted]" }

  /// Always `[redacted]`.
  public var debugDescription: String { "[redacted]" }

  /// No children: a dump shows nothing either.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
