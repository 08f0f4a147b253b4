internal import Configuration
internal import Diagnostics
internal import Glibc
internal import Transport

extension GatewayProcess {
  /// How long a new process may take until it serves.
  private static let patience = Lifetime.seconds(60)
  private static let interval = Lifetime(milliseconds: 20)

  /// Starts the binary on disk anew; when it serves, this process drains and ends.
  func replace() {
    guard !isEnding, replacement == nil else { return }
    var handed = zip(snapshot.options.listeners, sockets).map { listener, socket in
      (address: listener.address.text, descriptor: socket.descriptor)
    }
    if let listener = snapshot.options.admin.listener, let remoteAdminSocket {
      handed.append((address: listener.address.text, descriptor: remoteAdminSocket.descriptor))
    }
    handed.append(("unix:" + snapshot.options.admin.socket, adminSocket.descriptor))
    do throws(SystemError) {
      replacement = try Replacement(
        binary: Self.binary, arguments: CommandLine.arguments, sockets: handed, log: log)
    } catch {
      log.write(.error, "replace.failed", "no new process could be started: \(error)")
      return
    }
    log.write(.notice, "replacing", "started a new process; it takes over when it is ready")
    watch(until: owned.clock.now() + Self.patience)
  }

  private func watch(until limit: UnixTime) {
    _ = control.schedule(after: Self.interval.milliseconds) { [unowned self] in
      guard let replacement else { return }
      switch replacement.look() {
      case .ready:
        end("a new process has taken over")
      case .starting where owned.clock.now() < limit:
        watch(until: limit)
      case .starting, .failed:
        replacement.collect()
        self.replacement = nil
        log.write(
          .error, "replace.failed",
          "the new process did not become ready; this one goes on serving as before")
      }
    }
  }

  /// Where the program lies on disk: what an upgrade has put there, not what this process runs.
  private static let binary: String = {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { readlink("/proc/self/exe", $0, bytes.count) } ?? -1
    }
    let path = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    return path.hasSuffix(" (deleted)") ? String(path.dropLast(10)) : path
  }()
}
