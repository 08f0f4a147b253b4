public import Diagnostics
internal import Synchronization

/// Whether every component is well, asked all the time and not by who wants to know.
///
/// So an answer costs nothing and comes at once, however many ask and whatever hangs: a component
/// is asked by one thread at a time, and one that has not answered for `patience` is not well.
public final class Readiness: Sendable {
  /// Runs work where waiting is allowed; false when there is no room.
  public typealias Background = @Sendable (@escaping @Sendable () -> Void) -> Bool

  /// A component and what is wrong with it, if anything.
  public struct Component: Sendable {
    /// Its name.
    public let name: String
    /// What is wrong.
    public let fault: HealthFault?
  }

  private struct Watch {
    let check: HealthCheck
    /// What the last answer said.
    var found: HealthFault?
    /// Since when the question that is under way waits for its answer.
    var asked: UnixTime?

    /// What is wrong: the last answer, or that there has been none for too long.
    func fault(at now: UnixTime) -> HealthFault? {
      if let found { return found }
      guard let asked, asked + Readiness.patience < now else { return nil }
      return HealthFault(.healthNoAnswer, "no answer for \(now.seconds - asked.seconds) s")
    }
  }

  /// How often each component is asked.
  public static let interval = Lifetime(milliseconds: 500)
  /// How long a component may take to answer.
  public static let patience = Lifetime.seconds(1)

  private let clock: Clock
  private let background: Background
  private let watches: Mutex<[Watch]>

  /// Watches components that are well until they are asked.
  public init(_ checks: [HealthCheck], clock: Clock, background: @escaping Background) {
    self.clock = clock
    self.background = background
    watches = Mutex(checks.map { Watch(check: $0) })
  }

  /// Takes over what another has found, as long as nobody has been asked here.
  ///
  /// So what is not well stays so through a reload, until the component itself says otherwise.
  public func follow(_ former: Readiness) {
    let known = former.components
    watches.withLock { watches in
      for place in watches.indices {
        watches[place].found = known.first { $0.name == watches[place].check.name }?.fault
      }
    }
  }

  /// Each component as it stands.
  public var components: [Component] {
    let now = clock.now()
    return watches.withLock { $0.map { Component(name: $0.check.name, fault: $0.fault(at: now)) } }
  }

  /// Asks every component that is not still being asked; to be called every `interval`.
  public func probe() {
    let now = clock.now()
    let due = watches.withLock { watches in
      let due = watches.indices.filter { watches[$0].asked == nil }
      for place in due { watches[place].asked = now }
      return due.map { (place: $0, check: watches[$0].check) }
    }
    for (place, check) in due {
      switch check.cost {
      case .none: note(check.fault(), of: place)
      case .waits:
        let accepted = background { [self] in note(check.fault(), of: place) }
        if !accepted {
          note(HealthFault(.serverOverloaded, "no thread is free to ask"), of: place)
        }
      }
    }
  }

  private func note(_ fault: HealthFault?, of place: Int) {
    watches.withLock { watches in
      watches[place].found = fault
      watches[place].asked = nil
    }
  }
}
