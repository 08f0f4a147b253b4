internal import CLinux
internal import Glibc

/// A thread of the operating system.
public struct Thread: @unchecked Sendable {
  private let handle: pthread_t

  private final class Start: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
      self.name = name
      self.body = body
    }
  }

  /// Starts a thread that runs the body; the name is for `ps` and is cut at 15 bytes.
  public init(name: String, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
    var handle = pthread_t()
    let start = Unmanaged.passRetained(Start(name: name, body: body))
    let code = pthread_create(
      &handle, nil,
      { argument in
        // Balances `passRetained` below: the argument is the start object of this very thread.
        guard let argument else { return nil }
        let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        sp_name_thread(start.name)
        start.body()
        return nil
      }, start.toOpaque())
    guard code == 0 else {
      start.release()
      throw SystemError("pthread_create", code: code)
    }
    self.handle = handle
  }

  /// Waits for the body to return; once for each thread.
  public func join() { pthread_join(handle, nil) }
}
