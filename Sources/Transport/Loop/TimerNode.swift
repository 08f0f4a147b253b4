/// Something that can have a deadline on a loop: a link of the timer wheel's lists.
///
/// The links live in the object itself, so that moving a deadline allocates nothing.
public class TimerNode {
  /// When it expires, in the loop's milliseconds; `never` without a deadline.
  @exclusivity(unchecked) final var deadline: UInt64 = TimerNode.never
  /// The tick whose slot holds it; meaningful while `isScheduled`.
  @exclusivity(unchecked) final var tick: UInt64 = 0
  @exclusivity(unchecked) final var isScheduled = false
  // The wheel holds a reference to each node in it, so a link never outlives its target.
  @exclusivity(unchecked) unowned(unsafe) final var next: TimerNode?
  @exclusivity(unchecked) unowned(unsafe) final var previous: TimerNode?

  static let never = UInt64.max

  init() {}

  /// Called on the loop when the deadline has passed; the deadline is `never` again by then.
  func deadlinePassed() {}
}

/// A timer that runs a closure once.
public final class LoopTimer: TimerNode {
  private var work: (() -> Void)?

  init(_ work: @escaping () -> Void) { self.work = work }

  override func deadlinePassed() {
    let work = self.work
    self.work = nil
    work?()
  }

  /// Forgets the closure: the timer does nothing when its time comes.
  public func cancel() { work = nil }
}
