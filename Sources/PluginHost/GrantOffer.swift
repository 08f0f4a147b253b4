internal import CSallyport
internal import OAuth
public import Ports

/// A grant type that a plugin offers.
public struct GrantOffer: @unchecked Sendable {
  // The table is constant: the ABI has it live and stay as it is for the life of the process.
  let table: sp_grant
  /// What it says of itself.
  public let declaration: GrantDeclaration

  init(_ offer: sp_offer, _ path: String, plugin: String) throws(PluginError) {
    let expected = MemoryLayout<sp_grant>.size
    guard Int(offer.size) >= expected else {
      throw .tooShort(path: path, what: "sp_grant", found: Int(offer.size), expected: expected)
    }
    guard let pointer = offer.table else {
      throw .malformed(path: path, what: "the table of a grant is NULL")
    }
    table = pointer.loadUnaligned(as: sp_grant.self)
    try Self.require(table, path)
    declaration = try Self.declaration(table, path)
  }

  private static func require(_ table: sp_grant, _ path: String) throws(PluginError) {
    if table.validate == nil { throw .missingFunction(path: path, name: "sp_grant.validate") }
    if table.create == nil { throw .missingFunction(path: path, name: "sp_grant.create") }
    if table.decide == nil { throw .missingFunction(path: path, name: "sp_grant.decide") }
    if table.destroy == nil { throw .missingFunction(path: path, name: "sp_grant.destroy") }
  }

  private static func declaration(_ table: sp_grant, _ path: String) throws(PluginError)
    -> GrantDeclaration
  {
    guard let pointer = table.declaration else {
      throw .malformed(path: path, what: "the declaration of a grant is NULL")
    }
    let size = Int(UnsafeRawPointer(pointer).loadUnaligned(as: UInt32.self))
    let expected = MemoryLayout<sp_grant_declaration>.size
    guard size >= expected else {
      throw .tooShort(path: path, what: "sp_grant_declaration", found: size, expected: expected)
    }
    let declared = pointer.pointee
    guard let grantType = declared.grant_type.validated.flatMap(GrantType.init) else {
      throw .malformed(path: path, what: "a grant_type is empty, too long or not printable")
    }
    guard let artefact = declared.artefact.validated else {
      throw .malformed(path: path, what: "the artefact of \(grantType) is not UTF-8")
    }
    guard declared.endpoint_count == 0 || table.respond != nil else {
      throw .missingFunction(path: path, name: "sp_grant.respond")
    }
    return GrantDeclaration(
      grantType: grantType, parameters: try parameters(declared, grantType, path),
      artefact: artefact.isEmpty ? nil : artefact,
      isPure: declared.flags & UInt32(SP_GRANT_PURE) != 0,
      isForConfidentialClients: declared.flags & UInt32(SP_GRANT_CONFIDENTIAL) != 0)
  }

  private static func parameters(
    _ declared: sp_grant_declaration, _ grantType: GrantType, _ path: String
  ) throws(PluginError) -> [GrantParameter] {
    guard let list = elements(declared.parameters, declared.parameter_count, atMost: 64) else {
      throw .malformed(path: path, what: "the parameters of \(grantType) are garbled")
    }
    var parameters: [GrantParameter] = []
    for element in list {
      guard let name = element.name.validated, !name.isEmpty, !Self.hostParameters.contains(name),
        !parameters.contains(where: { $0.name == name })
      else {
        throw .malformed(
          path: path,
          what: "\(grantType) declares a parameter that is empty, the host's, or declared twice")
      }
      parameters.append(
        GrantParameter(
          name: name, isRequired: element.flags & UInt32(SP_REQUIRED) != 0,
          isSecret: element.flags & UInt32(SP_SECRET) != 0,
          allowsMultiple: element.flags & UInt32(SP_MULTIPLE) != 0))
    }
    return parameters
  }

  /// What only the host reads: a grant that declares one of these could see a client's secret.
  private static let hostParameters: Set<String> = [
    "grant_type", "client_id", "client_secret", "client_assertion", "client_assertion_type",
    "scope", "resource",
  ]
}
