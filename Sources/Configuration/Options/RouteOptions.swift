public import HTTP
public import JSON
public import OAuth

/// Which requests go where, and who may send them.
public struct RouteOptions: Sendable {
  /// Who may send a request.
  public enum Access: Sendable {
    /// Everybody.
    case anonymous
    /// Who presents a token for an audience that carries all of some scopes.
    case token(audience: Audience, scopes: ScopeSet)
  }

  /// The host that it is for, in lower case without port; `nil` for any.
  public let host: String?
  /// The path that it is for, with everything below.
  public let path: String
  /// The methods that it is for; `nil` for all.
  public let methods: [HTTP.Method]?
  /// The name of the upstream.
  public let upstream: String
  /// Who may send a request.
  public let access: Access
  /// Where it stands in the file.
  public let position: SourcePosition
}

extension RouteOptions {
  static let codec: Codec<RouteOptions> = Codec.section(
    Section(
      "Which requests go where, and who may send them.",
      .optional("host", .routeHost, "The host that it is for, without port; else any."),
      Field(
        "path", .routePath,
        "The path that it is for, with everything below it: `/api/` takes `/api` and `/api/x`, not "
          + "`/apix`."),
      .optional(
        "methods", .set(of: .method, count: 1...32), "The methods that it is for; else all."),
      Field(
        "upstream", .name("app").referring(to: .upstream), "The name of an upstream."),
      .optional(
        "audience", .audience.referring(to: .audience), shown: true,
        "The audience that a token must have: that of a resource. Required unless `anonymous`."),
      Field(
        "scopes", .set(of: .scope.referring(to: .scope), count: 0...ScopeSet.limit), default: [],
        shown: true,
        "The scopes that a token must have, all of them; each belongs to the audience."),
      Field("anonymous", .bool, default: false, "Whether no token is asked for."),
      .position,
      build: RouteDraft.init)
  ).refined { draft, node, reading in draft.options(node, &reading) }
}

/// A route as it stands, before it is decided who may use it.
private struct RouteDraft: Sendable {
  let host: String?
  let path: String
  let methods: [HTTP.Method]?
  let upstream: String
  let audience: Audience?
  let scopes: [Scope]
  let isAnonymous: Bool
  let position: SourcePosition

  func options(_ node: JSON5Node, _ reading: inout Reading) -> RouteOptions? {
    guard let access = access(node, &reading) else { return nil }
    ReservedPaths.report(path, at: node.place("path"), &reading)
    return RouteOptions(
      host: host, path: path, methods: methods, upstream: upstream, access: access,
      position: position)
  }

  private func access(_ node: JSON5Node, _ reading: inout Reading) -> RouteOptions.Access? {
    if isAnonymous {
      guard audience == nil, scopes.isEmpty else {
        reading.fault(
          node.place("anonymous"), "is anonymous but names an audience or scopes",
          "remove them, or anonymous: true")
        return nil
      }
      return .anonymous
    }
    guard let audience else {
      reading.fault(
        node.position, "lacks \"audience\"",
        "add the audience of a resource, or anonymous: true")
      return nil
    }
    refuseSealed(audience, at: node.place("audience"), &reading)
    for (scope, element) in zip(scopes, node.member("scopes")?.elements ?? []) {
      refuse(scope, notOf: audience, at: element.position, &reading)
    }
    return .token(audience: audience, scopes: ScopeSet(scopes))
  }

  /// Tokens for the route could never be read here.
  private func refuseSealed(
    _ audience: Audience, at position: SourcePosition, _ reading: inout Reading
  ) {
    reading.later { reading in
      guard reading.facts.sealedAudiences.contains(audience) else { return }
      reading.fault(
        position, "leads to a resource whose tokens are encrypted to a key that only it has",
        "give the first of its encryption.keys as private instead of public, or leave the "
          + "encryption out")
    }
  }

  /// A scope of another resource could never be in a token for this audience.
  private func refuse(
    _ scope: Scope, notOf audience: Audience, at position: SourcePosition,
    _ reading: inout Reading
  ) {
    reading.later { reading in
      guard let scopes = reading.facts.scopes[audience], !scopes.contains(scope),
        reading.facts.scopes.values.contains(where: { $0.contains(scope) })
      else { return }
      reading.fault(
        position, "asks for the scope \"\(scope)\", which is not one of the audience \(audience)",
        "use a scope of that resource")
    }
  }
}
