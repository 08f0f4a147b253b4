/// The open calls of the process by their numbers.
///
/// A number is a place and how often that place was used, so the number of a call that has ended is
/// never that of another one. It is global because the ABI's `cancelled` gets nothing but a number.
final class CallTable: Sendable {
  static let shared = CallTable()

  private struct Slot {
    var generation: UInt64 = 1
    var call: PluginCall?
  }

  private struct State {
    var slots: [Slot] = []
    var free: [Int] = []
  }

  private let state = Guarded(State())
  private static let placeBits: UInt64 = 20

  /// Opens a call; its number is valid until it is closed.
  func open(_ call: PluginCall) -> UInt64 {
    state.withLock { state in
      if state.free.isEmpty {
        state.free.append(state.slots.count)
        state.slots.append(Slot())
      }
      let place = state.free.removeLast()
      state.slots[place].call = call
      return state.slots[place].generation << Self.placeBits | UInt64(place)
    }
  }

  /// The open call of a number, or nil if it has ended or never was.
  subscript(number: UInt64) -> PluginCall? {
    state.withLock { state in Self.place(number, state).flatMap { state.slots[$0].call } }
  }

  /// Closes a call; closing it twice does nothing.
  func close(_ number: UInt64) {
    state.withLock { state in
      guard let place = Self.place(number, state) else { return }
      state.slots[place].call = nil
      state.slots[place].generation += 1
      state.free.append(place)
    }
  }

  /// Every open call with its number.
  func openCalls() -> [(number: UInt64, call: PluginCall)] {
    state.withLock { state in
      state.slots.enumerated().compactMap { place, slot in
        slot.call.map { (slot.generation << Self.placeBits | UInt64(place), $0) }
      }
    }
  }

  private static func place(_ number: UInt64, _ state: State) -> Int? {
    let place = Int(number & (1 << placeBits - 1))
    guard place < state.slots.count, state.slots[place].generation == number >> placeBits,
      state.slots[place].call != nil
    else { return nil }
    return place
  }
}
