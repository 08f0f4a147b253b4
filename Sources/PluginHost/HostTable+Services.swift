internal import CSallyport
internal import Cryptography
internal import Diagnostics
internal import JSON

extension HostTable {
  static func setServices(_ table: inout sp_host) {
    table.changed = { host, cursor in
      guard let host = HostTable.behind(host), let cursor = cursor.array else { return SP_INVALID }
      guard let changed = host.entry.services.changed else { return SP_UNSUPPORTED }
      changed(cursor)
      return SP_OK
    }
    table.log = { host, level, event, message in
      guard let host = HostTable.behind(host) else { return SP_INVALID }
      return host.log(level, event, message)
    }
    table.metric = { host, name, amount in
      guard let host = HostTable.behind(host) else { return SP_INVALID }
      return host.count(name, amount)
    }
    table.random = { host, bytes, count in
      guard let host = HostTable.behind(host), let bytes, count <= 65_536 else { return SP_INVALID }
      guard host.grants(.random) else { return SP_DENIED }
      let random = Random.bytes(count)
      UnsafeMutableRawBufferPointer(start: bytes, count: count).copyBytes(from: random)
      return SP_OK
    }
    table.ask = { host, number, service, json, receive, to in
      guard let host = HostTable.behind(host), let receive else { return SP_INVALID }
      guard let call = CallTable.shared[number] else { return SP_LATE }
      return host.ask(call, service, json) { receive(to, $0) }
    }
    table.state_get = { host, number, kind, key, receive, to in
      guard let host = HostTable.behind(host), let receive else { return SP_INVALID }
      guard let call = CallTable.shared[number] else { return SP_LATE }
      return host.stateGet(call, kind, key) { receive(to, $0) }
    }
    table.state_apply = { host, number, changes, count in
      guard let host = HostTable.behind(host) else { return SP_INVALID }
      guard let call = CallTable.shared[number] else { return SP_LATE }
      return host.stateApply(call, changes, count)
    }
  }

  private func log(_ level: UInt32, _ event: sp_text, _ message: sp_text) -> sp_status {
    guard grants(.log) else { return SP_DENIED }
    guard let level = LogLevel(rawValue: Int(level)), let event = event.validated,
      let message = message.validated
    else { return SP_INVALID }
    guard event.utf8.count + message.utf8.count <= 8192 else { return SP_TOO_LARGE }
    entry.services.log.write(
      level, "plugin.log", message,
      [LogField("plugin", plugin), LogField("plugin_event", event)])
    return SP_OK
  }

  private func count(_ name: sp_text, _ amount: Double) -> sp_status {
    guard grants(.metrics) else { return SP_DENIED }
    guard let name = name.validated, (1...64).contains(name.utf8.count), amount.isFinite,
      name.utf8.allSatisfy({
        (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5f
      })
    else { return SP_INVALID }
    guard let count = entry.services.count else { return SP_UNSUPPORTED }
    count("\(plugin).\(name)", amount)
    return SP_OK
  }

  private func ask(
    _ call: PluginCall, _ service: sp_text, _ json: sp_text, _ receive: (sp_text) -> Void
  ) -> sp_status {
    guard let name = service.validated, let capability = PluginCapability(named: name) else {
      return SP_UNSUPPORTED
    }
    guard grants(capability) else { return SP_DENIED }
    guard let service = entry.services.named[name] else { return SP_UNSUPPORTED }
    guard let bytes = json.array, bytes.count <= AnswerReader.mostBytes else {
      return SP_TOO_LARGE
    }
    do {
      guard case .object(let request) = try JSONValue(parsing: bytes) else { return SP_INVALID }
      let answer = JSONValue.object(try service(request, call.context)).serialized()
      answer.withUnsafeBytes { answer in
        receive(
          sp_text(
            bytes: answer.baseAddress?.assumingMemoryBound(to: CChar.self), length: answer.count))
      }
      return SP_OK
    } catch let error as PluginServiceError {
      return error.status
    } catch {
      return SP_INVALID
    }
  }
}

extension PluginServiceError {
  fileprivate var status: sp_status {
    switch self {
    case .notFound: SP_NOT_FOUND
    case .invalid: SP_INVALID
    case .unavailable: SP_UNAVAILABLE
    case .failed: SP_FAILED
    }
  }
}
