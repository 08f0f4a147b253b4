internal import Synchronization

/// Counts the connections of all loops against one limit.
public final class ConnectionGauge: Sendable {
  private let limit: Int
  private let open = Atomic<Int>(0)

  /// A gauge that lets in so many at once.
  public init(limit: Int) { self.limit = limit }

  /// How many are open.
  public var count: Int { open.load(ordering: .relaxed) }

  func enter() -> Bool {
    let count = open.wrappingAdd(1, ordering: .relaxed).newValue
    guard count > limit else { return true }
    leave()
    return false
  }

  func leave() { open.wrappingSubtract(1, ordering: .relaxed) }
}
