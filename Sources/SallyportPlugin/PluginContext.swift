internal import CSallyport

/// What accompanies every call of the host.
public struct PluginContext: Sendable {
  /// The host's clock, in Unix milliseconds; a plugin decides by no other.
  public let time: Int64
  /// When the answer is of no more use: CLOCK_MONOTONIC in milliseconds; 0 for never.
  public let deadline: Int64
  let call: UInt64
  private let cancelled: @convention(c) (UInt64) -> Int32

  /// Whether nobody waits for the answer any more.
  ///
  /// Safe on any thread at any time.
  public var isCancelled: Bool { cancelled(call) != 0 }

  init(_ context: UnsafePointer<sp_context>) {
    time = context.pointee.time
    deadline = context.pointee.deadline
    call = context.pointee.call
    cancelled = context.pointee.cancelled
  }
}
