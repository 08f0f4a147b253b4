internal import CLinux
internal import Glibc

/// The eventfd by which other threads wake a loop.
final class WakeUp: EventSource, @unchecked Sendable {
  private let signalDescriptor: Int32

  init(loop: EventLoop) throws(SystemError) {
    let descriptor = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
    guard descriptor >= 0 else { throw SystemError("eventfd") }
    signalDescriptor = descriptor
    super.init(loop: loop, descriptor: descriptor)
    watch(Readiness.input)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Wakes the loop; from any thread.
  func signal() {
    var one: UInt64 = 1
    // Fails only when the counter is full, and then the loop wakes anyway.
    _ = write(signalDescriptor, &one, 8)
  }

  override func ready(_ events: UInt32) {
    var count: UInt64 = 0
    _ = read(descriptor, &count, 8)
    loop.drainInbox()
  }
}
