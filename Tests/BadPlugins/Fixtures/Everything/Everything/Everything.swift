public import CSallyport
internal import SallyportPlugin

/// A grant that uses all that the SDK offers, a piece for each value of its parameter.
struct Everything: GrantPlugin {
  static let declaration = GrantDeclaration(
    grantType: "urn:example:grant-type:everything",
    parameters: [
      DeclaredParameter("piece", .required, description: "what to use"),
      DeclaredParameter("more", [.multiple, .secret]),
    ],
    responseTypes: ["everything"],
    endpoints: [
      DeclaredEndpoint(
        "everything", methods: [.get, .post], authentication: .client, answer: .json,
        parameters: [DeclaredParameter("x")])
    ])

  private let host: PluginHost

  init(configuration: NoConfiguration, host: PluginHost) { self.host = host }

  func decide(_ request: GrantRequest, _ context: PluginContext) throws(Denial) -> Decision {
    var decision = Decision(subject: .client, scopes: request.scopes)
    switch request.parameter("piece") {
    case "request": decision.claims = seen(request, context)
    case "services": decision.claims = served(context)
    case "asserted": decision.subject = .asserted("somebody")
    case "assertion": decision.subject = .assertion(7)
    case "artefact": decision.subject = .artefact
    case "consume": decision.artefact = .consume
    case "marks": decision.replayMarks = [Decision.ReplayMark([1, 2], expires: 5)]
    case "actor": decision.actor = ["sub": .string("x")]
    case "authentication": decision.authentication = ["acr": .string("x")]
    case "details": decision.authorizationDetails = [.object(["type": .string("x")])]
    case "wishes":
      decision.wantsRefreshToken = true
      decision.wantsIDToken = true
      decision.accessTokenLifetime = 1000
      decision.refreshTokenLifetime = 2000
      decision.idTokenLifetime = 3000
      decision.response = ["hint": .string("x")]
      decision.resources = ["https://api.example"]
    default:
      throw Denial("access_denied", "No such piece.", detail: "asked for nothing known")
    }
    return decision
  }

  private func seen(_ request: GrantRequest, _ context: PluginContext) -> JSONMembers {
    [
      "name": .string(request.name), "method": .string(request.method),
      "client": .string(request.clientID), "how": .string(request.clientAuthentication),
      "confidential": .bool(request.isConfidential), "metadata": .string(request.clientMetadata),
      "session": .string(request.sessionSubject),
      "resources": .integer(Int64(request.resources.count)),
      "allowed": .array(request.allowedScopes.map(JSONValue.string)),
      "details": .string(request.authorizationDetails), "artefact": .bool(request.artefact != nil),
      "more": .array(request.parameters.filter { $0.name == "more" }.map { .string($0.value) }),
      "time": .integer(context.time), "deadline": .bool(context.deadline > 0),
      "cancelled": .bool(context.isCancelled),
    ]
  }

  private func served(_ context: PluginContext) -> JSONMembers {
    [
      "log": .string(said { () throws(ServiceFault) in try host.log(.info, "a.b", "hello") }),
      "metrics": .string(said { () throws(ServiceFault) in try host.add(1, toCounter: "x") }),
      "random": .string(
        said { () throws(ServiceFault) in
          guard try host.random(count: 16).count == 16 else { throw .invalid }
        }),
      "ask": .string(
        said { () throws(ServiceFault) in
          let answer = try host.ask("client.get", ["client_id": .string("a")], context)
          guard answer["client_id"]?.string == "a" else { throw .invalid }
        }),
      "unknown": .string(
        said { () throws(ServiceFault) in _ = try host.ask("no.such", [:], context) }),
    ]
  }

  private func said(_ body: () throws(ServiceFault) -> Void) -> String {
    do throws(ServiceFault) {
      try body()
      return "ok"
    } catch {
      return "\(error)"
    }
  }
}

private let plugin = PluginDescription(
  name: "everything", version: "1.0.0", offers: [.grant(Everything.self)])

/// The one symbol of the library.
@c @implementation
public func sallyport_plugin(_ major: UInt32, _ minor: UInt32) -> UnsafePointer<sp_plugin>? {
  plugin.descriptor(hostMajor: major, hostMinor: minor)
}
