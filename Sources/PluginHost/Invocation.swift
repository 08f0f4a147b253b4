internal import CSallyport
internal import Diagnostics
internal import Ports

extension HostTable {
  /// Makes one call: opens it, lends its context to the body, and ends it.
  func call<Value>(
    _ call: PluginCall, site: String = "", _ body: (UnsafePointer<sp_context>) -> Value
  ) -> (Value, PluginCall.Outcome?) {
    let number = CallTable.shared.open(call)
    let value = lend(call, number, site, body)
    let outcome = call.end()
    CallTable.shared.close(number)
    return (value, outcome)
  }

  /// Makes a call that ends later, by its completion; the body may outlive nothing either.
  func callLater(
    _ call: PluginCall, site: String, _ body: (UnsafePointer<sp_context>) -> Void
  ) {
    lend(call, CallTable.shared.open(call), site, body)
  }

  private func lend<Value>(
    _ call: PluginCall, _ number: UInt64, _ site: String,
    _ body: (UnsafePointer<sp_context>) -> Value
  ) -> Value {
    let arena = Arena()
    defer { arena.release() }
    var context = sp_context()
    context.size = abiSize(sp_context.self)
    context.call = number
    context.time = call.context.now.milliseconds
    context.deadline = call.deadline
    context.request_id = arena.text(call.context.request?.description ?? "")
    context.site = arena.text(site)
    context.cancelled = { number in
      CallTable.shared[number].map { $0.isOverdue ? 1 : 0 } ?? 1
    }
    return body(&context)
  }

  /// Makes a call that sets something up, with the entry's options.
  func setUp(
    _ context: CallContext,
    _ body: (UnsafePointer<sp_setup>, UnsafePointer<sp_context>) -> sp_status
  ) -> (status: sp_status, reports: [PluginConfigurationFault]) {
    let arena = Arena()
    defer { arena.release() }
    var setup = sp_setup()
    setup.size = abiSize(sp_setup.self)
    let config = arena.bytes(JSONText.of(entry.configuration))
    setup.config = sp_text(
      bytes: config.bytes?.assumingMemoryBound(to: CChar.self), length: config.length)
    setup.state_folder = arena.text(entry.stateFolder)
    let (status, outcome) = call(PluginCall(.setup, self, context)) { body(&setup, $0) }
    return (status, outcome?.reports ?? [])
  }
}
