internal import CSallyport

extension GrantDeclaration {
  /// The declaration in the shape of the ABI, in memory of the arena.
  func table(in arena: Arena) -> sp_grant_declaration {
    sp_grant_declaration(
      size: abiSize(sp_grant_declaration.self), flags: traits.rawValue,
      grant_type: arena.text(grantType), artefact: arena.text(artefact?.kind ?? ""),
      artefact_parameter: arena.text(artefact?.parameter ?? ""),
      parameters: arena.array(parameters.map { $0.table(in: arena) }),
      parameter_count: parameters.count, response_types: arena.texts(responseTypes),
      endpoints: arena.array(endpoints.map { $0.table(in: arena) }),
      endpoint_count: endpoints.count)
  }
}

extension DeclaredParameter {
  func table(in arena: Arena) -> sp_parameter {
    sp_parameter(
      size: abiSize(sp_parameter.self), flags: traits.rawValue, name: arena.text(name),
      description: arena.text(description))
  }
}

extension DeclaredEndpoint {
  func table(in arena: Arena) -> sp_endpoint {
    sp_endpoint(
      size: abiSize(sp_endpoint.self), methods: methods.rawValue,
      authentication: authentication.rawValue, answer: answer.rawValue, name: arena.text(name),
      parameters: arena.array(parameters.map { $0.table(in: arena) }),
      parameter_count: parameters.count)
  }
}
