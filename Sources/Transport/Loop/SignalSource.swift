internal import CLinux
internal import Glibc

/// A signal that the process handles.
public enum ProcessSignal: Int32, CaseIterable, Sendable {
  /// Finish and exit.
  case terminate = 15
  /// Finish and exit, from a terminal.
  case interrupt = 2
  /// Read the configuration again.
  case hangUp = 1
  /// Start the new binary beside this one.
  case replace = 12
  /// A child has ended.
  case child = 17

  /// Keeps these signals from their default action, and ignores SIGPIPE.
  ///
  /// Call it before any thread exists: threads inherit the mask.
  public static func block() {
    var set = mask
    pthread_sigmask(SIG_BLOCK, &set, nil)
    signal(SIGPIPE, SIG_IGN)
  }

  static var mask: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for each in allCases { sigaddset(&set, each.rawValue) }
    return set
  }
}

/// Hands the process's signals to a loop, one by one.
public final class SignalSource: EventSource {
  private let received: (ProcessSignal) -> Void

  /// Watches the signals that `ProcessSignal.block` holds back.
  public init(
    loop: EventLoop, received: @escaping (ProcessSignal) -> Void
  ) throws(SystemError) {
    var set = ProcessSignal.mask
    let descriptor = signalfd(-1, &set, Int32(SFD_NONBLOCK | SFD_CLOEXEC))
    guard descriptor >= 0 else { throw SystemError("signalfd") }
    self.received = received
    super.init(loop: loop, descriptor: descriptor)
    guard watch(Readiness.input) else {
      closeDescriptor()
      throw SystemError("epoll_ctl")
    }
  }

  override func ready(_ events: UInt32) {
    var information = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    guard read(descriptor, &information, size) == size,
      let signal = ProcessSignal(rawValue: Int32(bitPattern: information.ssi_signo))
    else { return }
    received(signal)
  }
}
