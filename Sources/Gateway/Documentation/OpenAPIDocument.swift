internal import HTTP
internal import HTTPServer
internal import JSON

/// The OpenAPI 3.1 document, rendered from the very descriptions that route and parse.
struct OpenAPIDocument {
  /// Endpoints that are reached at one place.
  struct Part {
    /// The URL that their paths follow; `/` for where the document itself lies.
    let server: String
    /// What they say of themselves.
    let endpoints: [EndpointDescription]
  }

  /// The document.
  let json: JSONObject

  /// A document of parts; a path that is in several is described where it is named first.
  init(_ parts: [Part]) {
    var components = Components()
    var paths = JSONObject()
    var topics: [Topic] = []
    for part in parts {
      let former = Set(paths.members.map(\.name))
      for endpoint in part.endpoints where !former.contains(endpoint.path) {
        var item =
          paths[endpoint.path]?.object
          ?? (part.server == "/"
            ? JSONObject() : ["servers": [["url": .string(part.server)]]])
        let topic = Topic(path: endpoint.path)
        if !topics.contains(topic) { topics.append(topic) }
        for method in endpoint.methods {
          item[method.rawValue.lowercased()] = .object(
            components.operation(endpoint, method, topic))
        }
        paths[endpoint.path] = .object(item)
      }
    }
    json = [
      "openapi": "3.1.0",
      "info": [
        "title": "Sallyport", "version": .string(Release.version), "summary": .string(Self.summary),
        "description": .string(Self.text),
      ],
      "servers": [["url": "/"]],
      "tags": .array(
        topics.map { ["name": .string($0.name), "description": .string($0.text)] }),
      "paths": .object(paths),
      "components": .object(components.json),
    ]
  }

  private static let summary = "OAuth 2.1 authorization server and token-validating reverse proxy"
  private static let text = """
    Every endpoint that this instance serves. HEAD is answered wherever GET is, and OPTIONS \
    everywhere. Each answer carries `X-Request-Id`, under which the log tells more. Paths of the \
    reverse proxy are those of the services behind it and not listed here.
    """
}

extension OpenAPIDocument {
  /// What an endpoint is about, told by its path.
  enum Topic: CaseIterable {
    case discovery
    case tokens
    case health
    case administration
    case documentation
    case metrics
    case other

    init(path: String) {
      self = Self.allCases.first { $0.mark.map(path.contains) ?? true } ?? .other
    }

    /// What stands in every path of the topic.
    private var mark: String? {
      switch self {
      case .discovery: "/.well-known/"
      case .tokens: "/oauth2/"
      case .health: "/health/"
      case .administration: "/admin/"
      case .documentation: "/ui/"
      case .metrics: "/metrics"
      case .other: nil
      }
    }

    /// The name in the document.
    var name: String { "\(self)" }

    /// A sentence on it.
    var text: String {
      switch self {
      case .discovery: "What this server is and can do"
      case .tokens: "Tokens and the keys that verify them"
      case .health: "Whether the process lives and can serve"
      case .administration: "For operators, over the admin socket"
      case .documentation: "This document and the page that shows it"
      case .metrics: "Figures for a monitoring system"
      case .other: "Everything else"
      }
    }
  }
}
