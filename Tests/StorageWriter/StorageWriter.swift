import Diagnostics
import Glibc
import PluginHost
import Ports

/// A process that writes to a store as fast as it can until it is killed, and says on standard
/// output which records were acknowledged: `StorageWriter PLUGIN STATE-FOLDER ROUND [FILE-LIMIT]`.
///
/// With a limit of its files' size it goes on until a write fails, and ends with 3.
@main
struct StorageWriter {
  let store: PluginRecordStore
  let round: String

  /// How many applies are on their way at any time.
  static let outstanding = 64

  nonisolated static func main() throws {
    let arguments = CommandLine.arguments
    guard (4...5).contains(arguments.count) else { exit(2) }
    if arguments.count == 5 { try Self.limitFiles(arguments[4]) }
    let entry = PluginEntry(
      stateFolder: arguments[2], services: PluginServices(log: Log(level: .error)))
    let loader = PluginLoader(directories: PluginLoader.standardDirectories())
    let store = try loader.load(arguments[1]).openStorage(entry, Self.context())
    let writer = StorageWriter(store: store, round: arguments[3])
    for lane in 0..<Self.outstanding { writer.write(lane, 0) }
    while true { pause() }
  }

  /// Writes a record and its twin in one apply, and when that is acknowledged says so and goes on.
  private func write(_ lane: Int, _ number: Int) {
    let id = "\(round).\(lane).\(number)"
    let changes = ["a", "b"].map { kind in
      Change(
        RecordKey(kind: kind == "a" ? Self.first : Self.twin, key: Array(id.utf8)),
        .put(value: [UInt8](repeating: 7, count: 300), expiry: nil, indexes: []),
        expecting: .absent)
    }
    store.apply(changes, Self.context()) { result in
      // Without the handlers of exit(3): a coverage profile written under the limit would be cut.
      guard case .success = result else { _exit(3) }
      Self.acknowledge(id)
      write(lane, number + 1)
    }
  }

  private static let first = RecordKind("first")
  private static let twin = RecordKind("twin")

  /// Makes a write(2) beyond so many bytes of a file fail, as on a disk that is full.
  private static func limitFiles(_ bytes: String) throws {
    guard let bytes = UInt(bytes) else { exit(2) }
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit(rlim_cur: bytes, rlim_max: bytes)
    guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(5) }
  }

  /// One write(2) of less than PIPE_BUF bytes: whole, or not at all.
  private static func acknowledge(_ id: String) {
    let line = Array("\(id)\n".utf8)
    guard Glibc.write(1, line, line.count) == line.count else { exit(4) }
  }

  private static func context() -> CallContext {
    let now = Clock.system.now()
    return CallContext(request: nil, now: now, deadline: now + .seconds(30))
  }
}
