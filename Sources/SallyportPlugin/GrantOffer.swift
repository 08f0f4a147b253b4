internal import CSallyport

extension Offer {
  /// A grant type.
  public static func grant<Plugin: GrantPlugin>(_: Plugin.Type) -> Offer
  where Plugin.Configuration == Configuration {
    Offer { arena in
      let table = grantTable(GrantMaker<Plugin>(), Plugin.declaration, in: arena)
      return sp_offer(
        kind: UInt32(SP_OFFER_GRANT), size: abiSize(sp_grant.self),
        table: UnsafeRawPointer(arena.array([table])))
    }
  }
}

/// Makes instances of one grant type.
///
/// A C function cannot be generic, so the table's functions reach
/// this class through `self`, and the next one through `instance`.
private class AnyGrantMaker {
  func validate(_ setup: sp_setup) throws(PluginFault) {}
  func make(_ setup: sp_setup, _ host: PluginHost) throws(PluginFault) -> AnyGrantInstance {
    throw PluginFault("this grant cannot be made")
  }
}

/// One instance of a grant type.
private class AnyGrantInstance {
  func decide(_ request: sp_request, _ context: PluginContext) {}
  func respond(_ request: sp_request, _ context: PluginContext) {}
}

private final class GrantMaker<Plugin: GrantPlugin>: AnyGrantMaker {
  override func validate(_ setup: sp_setup) throws(PluginFault) {
    _ = try Plugin.Configuration(setup.members())
  }

  override func make(_ setup: sp_setup, _ host: PluginHost) throws(PluginFault)
    -> AnyGrantInstance
  {
    let configuration = try Plugin.Configuration(setup.members())
    return GrantInstance(try Plugin(configuration: configuration, host: host), host)
  }
}

/// Answers through the host.
///
/// A refused answer has failed the call, and the host has logged why, so
/// there is nothing left to do with the status.
private final class GrantInstance<Plugin: GrantPlugin>: AnyGrantInstance {
  private let plugin: Plugin
  private let host: UnsafePointer<sp_host>

  init(_ plugin: Plugin, _ host: PluginHost) {
    self.plugin = plugin
    self.host = host.table
  }

  override func decide(_ request: sp_request, _ context: PluginContext) {
    do throws(Denial) {
      let decision = try plugin.decide(GrantRequest(request), context)
      let arena = Arena()
      defer { arena.release() }
      var table = decision.table(in: arena)
      _ = host.pointee.decide(host, context.call, &table)
    } catch {
      deny(error, context)
    }
  }

  override func respond(_ request: sp_request, _ context: PluginContext) {
    do throws(Denial) {
      let reply = try plugin.respond(GrantRequest(request), context)
      let arena = Arena()
      defer { arena.release() }
      var table = reply.table(in: arena)
      _ = host.pointee.reply(host, context.call, &table)
    } catch {
      deny(error, context)
    }
  }

  private func deny(_ denial: Denial, _ context: PluginContext) {
    let arena = Arena()
    defer { arena.release() }
    var table = denial.table(in: arena)
    _ = host.pointee.deny(host, context.call, &table)
  }
}

private func grantTable(_ maker: AnyGrantMaker, _ declaration: GrantDeclaration, in arena: Arena)
  -> sp_grant
{
  var table = sp_grant()
  table.declaration = arena.array([declaration.table(in: arena)])
  table.`self` = Unmanaged.passRetained(maker).toOpaque()
  table.validate = { maker, host, setup, context in
    reporting(to: given(host), given(context).pointee.call) { () throws(PluginFault) in
      try grantMaker(maker).validate(given(setup).pointee)
    }
  }
  table.create = { maker, host, setup, context, instance in
    reporting(to: given(host), given(context).pointee.call) { () throws(PluginFault) in
      let made = try grantMaker(maker).make(given(setup).pointee, PluginHost(table: given(host)))
      given(instance).pointee = Unmanaged.passRetained(made).toOpaque()
    }
  }
  table.decide = { instance, request, context in
    grantInstance(instance).decide(given(request).pointee, PluginContext(given(context)))
  }
  table.respond = { instance, request, context in
    grantInstance(instance).respond(given(request).pointee, PluginContext(given(context)))
  }
  table.destroy = { instance in
    Unmanaged<AnyGrantInstance>.fromOpaque(given(instance)).release()
  }
  return table
}

private func grantMaker(_ pointer: UnsafeMutableRawPointer?) -> AnyGrantMaker {
  Unmanaged<AnyGrantMaker>.fromOpaque(given(pointer)).takeUnretainedValue()
}

private func grantInstance(_ pointer: UnsafeMutableRawPointer?) -> AnyGrantInstance {
  Unmanaged<AnyGrantInstance>.fromOpaque(given(pointer)).takeUnretainedValue()
}
