internal import Diagnostics
internal import HTTPServer
internal import JSON
public import OAuth

/// What a client that was refused at the door needs to get a token (RFC 9728).
public struct ProtectedResource: Sendable {
  /// The resource identifier: the audience of its tokens, which must be a URL.
  public let identifier: Audience
  private let url: Issuer
  private let scopes: ScopeSet
  private let issuers: [String]

  /// A resource and whose tokens are good for it; nil where the audience is no URL, since only a URL
  /// says where metadata lie.
  public init?(_ audience: Audience, scopes: ScopeSet, issuers: [String]) {
    guard let url = Self.url(of: audience) else { return nil }
    identifier = audience
    self.url = url
    self.scopes = scopes
    self.issuers = issuers
  }

  /// The URL of an audience's metadata: the well-known part goes after the host (RFC 9728 3.1).
  public static func metadataURL(of audience: Audience) -> String? {
    url(of: audience).map { $0.origin + place(of: audience, $0) }
  }

  /// An issuer is a URL by the same rules: http or https, a host, neither query nor fragment.
  private static func url(of audience: Audience) -> Issuer? { Issuer(audience.text) }

  /// "If the resource identifier value contains a path [...] component, any terminating slash (/)
  /// following the host component MUST be removed": only the slash that is the whole path.
  private static func place(of audience: Audience, _ url: Issuer) -> String {
    let path = audience.text.dropFirst(url.origin.utf8.count)
    return Self.wellKnown + (path == "/" ? "" : path)
  }

  private static let wellKnown = "/.well-known/oauth-protected-resource"

  /// Host and port, by which one address tells several resources apart.
  var authority: String { url.authority.lowercased() }

  /// Scheme and host of its URL.
  var origin: String { url.origin }

  /// Where its metadata are served: as the RFC says, and without a slash at the end, which many
  /// clients drop.
  var paths: Set<String> {
    [Self.place(of: identifier, url), Self.wellKnown + url.path]
  }

  var document: CachedDocument {
    let json = JSONObject([
      ("resource", .string(identifier.text)),
      ("authorization_servers", .array(issuers.map(JSONValue.string))),
      ("scopes_supported", .array(scopes.scopes.map { .string($0.text) })),
      ("bearer_methods_supported", ["header"]),
    ])
    return CachedDocument(body: json.serialized(), maxAge: .minutes(5))
  }

  static let schema = JSONSchema.object(
    "Protected resource metadata (RFC 9728 2)",
    [
      .required("resource", .string("The resource identifier", format: "uri")),
      .required(
        "authorization_servers",
        .array(of: .string("The issuer of tokens for it", format: "uri"))),
      .required("scopes_supported", .array(of: .string())),
      .required("bearer_methods_supported", .array(of: .choice(["header"]))),
    ]
  ).named("ResourceMetadata")
}
