internal import CSallyport
internal import Diagnostics
internal import JSON
internal import Ports

/// The host as one config entry's plugin sees it: the table of functions, and what stands behind.
final class HostTable: Sendable {
  let plugin: String
  let entry: PluginEntry
  // Made once in `init`, never freed, never changed: a late call of a plugin still finds it.
  nonisolated(unsafe) let pointer: UnsafePointer<sp_host>

  init(plugin: String, entry: PluginEntry) {
    self.plugin = plugin
    self.entry = entry
    let table = UnsafeMutablePointer<sp_host>.allocate(capacity: 1)
    table.initialize(to: sp_host())
    pointer = UnsafePointer(table)
    table.pointee.size = abiSize(sp_host.self)
    table.pointee.abi_major = UInt32(SP_ABI_MAJOR)
    table.pointee.abi_minor = UInt32(SP_ABI_MINOR)
    table.pointee.`self` = Unmanaged.passRetained(self).toOpaque()
    Self.setAnswers(&table.pointee)
    Self.setServices(&table.pointee)
  }

  /// The host behind the pointer that a plugin passes back; nil for garbage without a `self`.
  static func behind(_ pointer: UnsafePointer<sp_host>?) -> HostTable? {
    guard let host = pointer?.pointee.`self` else { return nil }
    return Unmanaged<HostTable>.fromOpaque(host).takeUnretainedValue()
  }

  func grants(_ capability: PluginCapability) -> Bool { entry.capabilities.contains(capability) }

  /// How many calls are past their deadline and have not come back.
  var stuckCalls: Int {
    CallTable.shared.openCalls().count { $0.call.host === self && $0.call.isOverdue }
  }

  /// Nil, or why the plugin is not to be asked now.
  var illness: String? {
    let stuck = stuckCalls
    guard stuck > entry.limits.stuckCalls else { return nil }
    return "plugin \(plugin): \(stuck) calls are past their deadline and have not returned"
  }

  func noteLateAnswer(_ call: PluginCall) {
    entry.services.log.write(
      .warning, "plugin.late_answer", "a plugin answered after its call had ended",
      [LogField("plugin", plugin), LogField("request_id", call.context.request?.description ?? "")])
  }

  private static func setAnswers(_ table: inout sp_host) {
    table.report = { _, number, pointer, message in
      guard let call = CallTable.shared[number] else { return SP_LATE }
      guard let pointer = pointer.validated, let message = message.validated,
        pointer.utf8.count + message.utf8.count <= AnswerReader.mostBytes
      else { return SP_INVALID }
      return call.report(PluginConfigurationFault(pointer: pointer, message: message))
    }
    table.decide = { _, number, decision in
      answer(number, decision) { AnswerReader.decision($0, for: $1) }
    }
    table.deny = { _, number, denial in
      answer(number, denial) { AnswerReader.denial($0, for: $1) }
    }
    table.reply = { _, number, reply in
      answer(number, reply) { _, _ in .failure(.unsupported("endpoints")) }
    }
    table.text = { _, number, json in
      guard let call = CallTable.shared[number] else { return SP_LATE }
      return call.accept(AnswerReader.text(json, for: call), number)
    }
    table.record = { _, number, record in
      guard let call = CallTable.shared[number] else { return SP_LATE }
      guard let record = record.flatMap({ PluginRecord($0) }) else {
        call.refuse(.malformed("a record breaks a rule"))
        return SP_INVALID
      }
      return call.accept(record)
    }
    table.applied = { _, number, applied in
      answer(number, applied) { AnswerReader.applied($0, for: $1) }
    }
  }
}

/// Copies an answer out of the plugin's memory and hands it to its call.
private func answer<Struct>(
  _ number: UInt64, _ pointer: UnsafePointer<Struct>?,
  _ read: (UnsafePointer<Struct>, PluginCall) -> Result<PluginCall.Answer, AnswerFault>
) -> sp_status {
  guard let call = CallTable.shared[number] else { return SP_LATE }
  guard let pointer else { return call.accept(.failure(.malformed("the answer is NULL")), number) }
  let size = UnsafeRawPointer(pointer).loadUnaligned(as: UInt32.self)
  guard Int(size) >= MemoryLayout<Struct>.size else {
    return call.accept(.failure(.malformed("\(Struct.self) has \(size) bytes")), number)
  }
  return call.accept(read(pointer, call), number)
}
