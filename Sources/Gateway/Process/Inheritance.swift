internal import Glibc
internal import Transport

/// What a process gets from the one that it replaces: listening sockets, and a pipe to say "ready".
struct Inheritance {
  static let socketsVariable = "SALLYPORT_SOCKETS"
  static let readyVariable = "SALLYPORT_READY"

  /// In the order handed over: several listeners may ask for any free port of one address.
  private var descriptors: [String: [Int32]]
  private let all: [Int32]

  private init(_ descriptors: [String: [Int32]]) {
    self.descriptors = descriptors
    all = descriptors.values.flatMap { $0 }
  }

  /// What the environment names: `address=descriptor` pairs, divided by spaces.
  static func take() -> Inheritance {
    guard let text = getenv(socketsVariable).map({ String(cString: $0) }) else {
      return Inheritance([:])
    }
    unsetenv(socketsVariable)
    var descriptors: [String: [Int32]] = [:]
    for pair in text.split(separator: " ") {
      guard let equals = pair.lastIndex(of: "="),
        let descriptor = Int32(pair[pair.index(after: equals)...])
      else { continue }
      descriptors[String(pair[..<equals]), default: []].append(descriptor)
    }
    return Inheritance(descriptors)
  }

  /// The next socket that a former process listened on for an address of the config.
  mutating func socket(for address: String) throws(SystemError) -> ListeningSocket? {
    guard let descriptor = descriptors[address]?.first else { return nil }
    descriptors[address]?.removeFirst()
    return try ListeningSocket(adopting: descriptor)
  }

  /// Closes what the config does not name any more.
  ///
  /// The kernel would go on connecting clients to a socket that nobody accepts from.
  func closeAll(but kept: [ListeningSocket]) {
    for descriptor in all
    where !kept.contains(where: { $0.descriptor == descriptor }) {
      close(descriptor)
    }
  }

  /// Tells the former process that this one serves.
  static func reportReady() {
    guard let text = getenv(readyVariable), let descriptor = Int32(String(cString: text)) else {
      return
    }
    unsetenv(readyVariable)
    var ready: UInt8 = 1
    // If the former process is gone there is nobody left to tell.
    _ = write(descriptor, &ready, 1)
    close(descriptor)
  }
}
