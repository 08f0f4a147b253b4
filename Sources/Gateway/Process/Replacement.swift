internal import CLinux
internal import Diagnostics
internal import Glibc
internal import Transport

/// A new process started from the binary on disk, which takes the listening sockets over.
final class Replacement {
  private let child: pid_t
  private let pipe: Int32
  private let log: Log

  /// Starts the new process; the descriptors of the sockets are given under their addresses.
  init(
    binary: String, arguments: [String], sockets: [(address: String, descriptor: Int32)], log: Log
  ) throws(SystemError) {
    var ends: [Int32] = [0, 0]
    guard Glibc.pipe(&ends) == 0 else { throw SystemError("pipe", code: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    defer { close(ends[1]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var names: [String] = []
    // Numbers above whatever is open, so that no source is overwritten before it is copied.
    let base = (sockets.map(\.descriptor) + ends).max().map { $0 + 1 } ?? 3
    for (offset, socket) in sockets.enumerated() {
      let target = base + Int32(offset)
      posix_spawn_file_actions_adddup2(&actions, socket.descriptor, target)
      names.append("\(socket.address)=\(target)")
    }
    let ready = base + Int32(sockets.count)
    posix_spawn_file_actions_adddup2(&actions, ends[1], ready)
    var child: pid_t = 0
    let code = Self.spawn(
      &child, binary, arguments, &actions,
      [
        "\(Inheritance.socketsVariable)=\(names.joined(separator: " "))",
        "\(Inheritance.readyVariable)=\(ready)",
      ])
    guard code == 0 else {
      close(ends[0])
      throw SystemError("posix_spawn \(binary)", code: code)
    }
    self.child = child
    pipe = ends[0]
    self.log = log
  }

  deinit { close(pipe) }

  /// What is known of the new process.
  enum Progress {
    case starting
    case ready
    case failed
  }

  /// Looks without waiting: a byte is ready, an end without one is failure.
  func look() -> Progress {
    var byte: UInt8 = 0
    let count = read(pipe, &byte, 1)
    if count == 1 { return .ready }
    return count < 0 && errno == EAGAIN ? .starting : .failed
  }

  /// Takes the exit status of a child that failed, so that it does not stay a zombie.
  func collect() {
    var status: Int32 = 0
    _ = waitpid(child, &status, WNOHANG)
  }

  private static func spawn(
    _ child: inout pid_t, _ binary: String, _ arguments: [String],
    _ actions: inout posix_spawn_file_actions_t, _ added: [String]
  ) -> Int32 {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var variables = added.map { strdup($0) }
    var place = environ
    while let variable = place.pointee {
      variables.append(strdup(variable))
      place += 1
    }
    variables.append(nil)
    defer { for variable in variables { free(variable) } }
    return posix_spawn(&child, binary, &actions, &attributes, words, variables)
  }
}
