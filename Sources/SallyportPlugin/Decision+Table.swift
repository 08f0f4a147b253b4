internal import CSallyport

extension Decision {
  /// The decision in the shape of the ABI, in memory of the arena.
  func table(in arena: Arena) -> sp_decision {
    var table = sp_decision()
    table.size = abiSize(sp_decision.self)
    table.flags =
      (wantsRefreshToken ? UInt32(SP_WANT_REFRESH_TOKEN) : 0)
      | (wantsIDToken ? UInt32(SP_WANT_ID_TOKEN) : 0)
    table.artefact = artefact.rawValue
    subject.write(to: &table, in: arena)
    table.scopes = arena.texts(scopes)
    table.resources = arena.texts(resources)
    table.claims = arena.object(claims)
    table.actor = arena.object(actor)
    table.authentication = arena.object(authentication)
    table.authorization_details =
      authorizationDetails.isEmpty
      ? sp_text() : arena.text(JSONValue.array(authorizationDetails).text)
    table.response = arena.object(response)
    table.access_token_lifetime = accessTokenLifetime
    table.refresh_token_lifetime = refreshTokenLifetime
    table.id_token_lifetime = idTokenLifetime
    table.marks = arena.array(
      replayMarks.map {
        sp_mark(size: abiSize(sp_mark.self), value: arena.bytes($0.value), expires: $0.expires)
      })
    table.mark_count = replayMarks.count
    return table
  }
}

extension Decision.Subject {
  func write(to table: inout sp_decision, in arena: Arena) {
    switch self {
    case .client: table.subject_from = UInt32(SP_SUBJECT_CLIENT)
    case .artefact: table.subject_from = UInt32(SP_SUBJECT_ARTEFACT)
    case .assertion(let number):
      table.subject_from = UInt32(SP_SUBJECT_ASSERTION)
      table.assertion = number
    case .asserted(let subject):
      table.subject_from = UInt32(SP_SUBJECT_ASSERTED)
      table.subject = arena.text(subject)
    }
  }
}

extension Denial {
  func table(in arena: Arena) -> sp_denial {
    sp_denial(
      size: abiSize(sp_denial.self), artefact: artefact.rawValue, error: arena.text(error),
      description: arena.text(description), detail: arena.text(detail),
      response: arena.object(response))
  }
}

extension EndpointReply {
  func table(in arena: Arena) -> sp_reply {
    sp_reply(
      size: abiSize(sp_reply.self), status: status, name: arena.text(name),
      json: arena.text(members.text))
  }
}

extension Arena {
  /// A JSON object as text; empty for one without members.
  func object(_ members: JSONMembers) -> sp_text {
    members.isEmpty ? sp_text() : text(members.text)
  }
}
