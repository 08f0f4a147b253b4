internal import Diagnostics
internal import HTTP
internal import HTTPServer
internal import JSON

/// The OpenAPI document and the page that shows it, for one listener.
enum Documentation {
  /// Where both lie, on every listener that serves them.
  static let path = "/ui/swagger/"

  /// How long a browser may keep them without asking: not at all, since a reload changes them.
  private static let maxAge = Lifetime.seconds(0)

  /// The endpoints of a listener, and those that document them.
  ///
  /// `others` are described too: what the instance serves elsewhere. `wrap` is for the documentation
  /// alone, and what it makes of it is what the document says.
  static func documenting(
    _ endpoints: [any Endpoint], others: [OpenAPIDocument.Part] = [],
    wrap: (any Endpoint) -> any Endpoint = { $0 }
  ) -> [any Endpoint] {
    let page = page(reaching: others.map(\.server)).map(wrap)
    let document = wrap(endpoint("doc.json", "This document (OpenAPI 3.1)", []))
    let own = (endpoints + page).map(\.description) + [document.description]
    let json = OpenAPIDocument([OpenAPIDocument.Part(server: "/", endpoints: own)] + others).json
    return endpoints + page + [
      wrap(endpoint("doc.json", document.description.summary, json.serialized()))
    ]
  }

  private static func page(reaching servers: [String]) -> [any Endpoint] {
    [
      endpoint(
        "", "A page to read this document and try it", Array(PageMarkup.text.utf8),
        type: "text/html; charset=utf-8", policy: policy(reaching: servers)),
      endpoint(
        "page.css", "The page's style", Array(PageStyle.text.utf8), type: "text/css; charset=utf-8"),
      endpoint(
        "page.js", "The page's script", Array(PageScript.text.utf8),
        type: "text/javascript; charset=utf-8"),
    ]
  }

  private static func endpoint(
    _ name: String, _ summary: String, _ body: [UInt8], type: FieldValue = "application/json",
    policy: FieldValue? = nil
  ) -> DocumentEndpoint {
    DocumentEndpoint(
      path: path + name, summary: summary,
      document: CachedDocument(body: body, contentType: type, maxAge: maxAge), policy: policy)
  }

  /// Nothing inline, nothing from elsewhere; requests go to us and to where the endpoints are.
  private static func policy(reaching servers: [String]) -> FieldValue {
    let reached = (["'self'"] + Set(servers.filter { $0 != "/" }).sorted()).joined(separator: " ")
    return FieldValue(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; "
        + "connect-src \(reached); base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
      ?? "default-src 'none'"
  }
}

/// One file of the documentation.
private struct DocumentEndpoint: Endpoint {
  let description: EndpointDescription
  private let document: CachedDocument
  private let fields: Fields

  init(path: String, summary: String, document: CachedDocument, policy: FieldValue?) {
    let type = document.contentType.text.prefix { $0 != ";" }
    let isJSON = type == "application/json"
    description = EndpointDescription(
      methods: [.get], path: path, summary: summary,
      responses: [
        ResponseDescription(
          .ok, summary, contentType: String(type),
          schema: isJSON ? .object("An OpenAPI 3.1 document", [], others: .any) : .string(),
          fields: [.cacheControl, .etag]),
        .notModified,
      ])
    self.document = document
    var fields = Fields([.contentTypeOptions: "nosniff", .referrerPolicy: "no-referrer"])
    if let policy { fields.append(.contentSecurityPolicy, policy) }
    self.fields = fields
  }

  func respond(to request: Request, through responder: Responder) {
    responder.send(document.response(to: request, further: fields))
  }
}
