internal import CSallyport
internal import JSON
internal import OAuth
internal import Ports

extension TokenRequest {
  /// The request in the shape of the ABI, in memory of the arena.
  ///
  /// A parameter that the grant does not declare stays out, whoever let it get this far.
  func table(in arena: Arena, _ declaration: GrantDeclaration) -> sp_request {
    let declared = parameters.filter { given in
      declaration.parameters.contains { $0.name == given.name }
    }
    var table = sp_request()
    table.size = abiSize(sp_request.self)
    table.flags = isConfidential ? UInt32(SP_CLIENT_CONFIDENTIAL) : 0
    table.name = arena.text(declaration.grantType.text)
    table.method = arena.text("POST")
    table.client_id = arena.text(client.text)
    table.client_authentication = arena.text(authentication.rawValue)
    let metadata = arena.bytes(clientMetadata)
    table.client_metadata = sp_text(
      bytes: metadata.bytes?.assumingMemoryBound(to: CChar.self), length: metadata.length)
    table.parameters = arena.array(
      declared.map {
        sp_value(
          size: abiSize(sp_value.self), name: arena.text($0.name), value: arena.text($0.value))
      })
    table.parameter_count = declared.count
    table.scopes = arena.texts(scopes?.scopes.map(\.text) ?? [])
    table.resources = arena.texts(resources.map(\.text))
    table.allowed_scopes = arena.texts(allowedScopes.scopes.map(\.text))
    return table
  }

  /// The client by the names of RFC 7591 2.
  private var clientMetadata: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.name("client_id")
    writer.value(client.text)
    writer.name("token_endpoint_auth_method")
    writer.value(authentication.rawValue)
    writer.name("scope")
    writer.value(allowedScopes.description)
    writer.endObject()
    return writer.bytes
  }
}
