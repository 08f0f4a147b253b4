import Foundation

/// A process of its own group, its output in files, always reaped.
package final class ChildProcess {
  package let id: pid_t
  private var status: Int32?

  /// Starts an executable (absolute path) with exactly this environment.
  package init(
    _ executable: String, _ arguments: [String], in folder: String? = nil,
    environment: [String: String], input: String = "/dev/null", output: String, errors: String
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let flags = O_WRONLY | O_CREAT | O_APPEND
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, flags, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errors, flags, 0o600)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK))

    // `env` changes the folder and becomes the program: the process stays the same.
    let line = (folder.map { ["/usr/bin/env", "-C", $0] } ?? []) + [executable] + arguments
    var argv = line.map { strdup($0) } + [nil]
    // Who measures coverage or looks for a crash wants to hear of the children too.
    let profile = ProcessInfo.processInfo.environment.filter {
      ["LLVM_PROFILE_FILE", "SWIFT_BACKTRACE"].contains($0.key)
    }
    var envp = environment.merging(profile) { $1 }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
      for pointer in argv + envp { free(pointer) }
    }
    var child: pid_t = 0
    let code = posix_spawn(&child, line[0], &actions, &attributes, &argv, &envp)
    guard code == 0 else {
      throw Problem("cannot start \(executable): \(String(cString: strerror(code)))")
    }
    id = child
  }

  deinit {
    // Also what it started, which may outlive it.
    killpg(id, SIGKILL)
    guard !isFinished else { return }
    while waitpid(id, nil, 0) < 0 && errno == EINTR {}
  }

  /// Whether it has ended; its exit code is known then.
  package var isFinished: Bool {
    if status != nil { return true }
    var code: Int32 = 0
    guard waitpid(id, &code, WNOHANG) == id else { return false }
    status = code
    return true
  }

  /// The exit code, or 128 + signal; nil while it runs.
  package var exitCode: Int32? {
    guard isFinished, let status else { return nil }
    let signal = status & 0x7f
    return signal == 0 ? (status >> 8) & 0xff : 128 + signal
  }

  package func send(_ signal: Int32) { kill(id, signal) }

  /// Signals the process and all that it started.
  package func sendToAll(_ signal: Int32) { killpg(id, signal) }

  /// Waits for the end and returns the exit code.
  @discardableResult
  package func finished(within seconds: Double = 20) throws -> Int32 {
    try eventually(upTo: seconds, until: "process \(id) ended") { isFinished }
    return exitCode ?? -1
  }
}
