internal import Configuration
internal import Diagnostics
internal import Transport

/// The audit log and the thread that writes it; without either where the config names none.
struct AuditTrail: Sendable {
  /// The log, for whoever records.
  let log: AuditLog?
  private let thread: Thread?

  /// Opens the destination, or says that it cannot be written.
  init(_ options: AuditOptions?, complaining log: Log) throws(StartFailure) {
    guard let options else {
      self.log = nil
      thread = nil
      return
    }
    let audit: AuditLog
    do throws(AuditFault) {
      audit = try AuditLog(options.file.map { .file($0) } ?? .standardError)
    } catch {
      throw .operation("log.audit: \(error); make its folder and let this user write there")
    }
    do throws(SystemError) {
      thread = try Thread(name: "audit") { audit.run(log: log) }
    } catch {
      throw .operation("log.audit: its thread cannot start: \(error)")
    }
    self.log = audit
  }

  func record(_ event: AuditEvent, _ fields: [LogField] = []) { log?.record(event, fields) }

  /// Opens the file anew; the old one goes on if that cannot be done.
  func reopen(complaining log: Log) {
    guard let audit = self.log else { return }
    do throws(AuditFault) {
      try audit.reopen()
    } catch {
      log.write(
        .error, "audit.failed", "the audit log cannot be opened anew; the old file goes on",
        [LogField("file", error.file), LogField("cause", error.reason)])
    }
  }

  /// Writes what is left.
  func end() {
    log?.end()
    thread?.join()
  }
}
