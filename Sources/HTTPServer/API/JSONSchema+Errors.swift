extension JSONSchema {
  /// The error object of the protocol's endpoints (RFC 6749 5.2).
  public static let oauthError = object(
    "Why a protocol endpoint refused (RFC 6749 5.2)",
    [
      .required("error", .string("The code, of the RFC that defines it")),
      .optional("error_description", .string("One sentence for whoever wrote the client")),
      .optional("error_uri", .string("A page that explains the code", format: "uri")),
    ]
  ).named("OAuthError")

  /// A problem document (RFC 9457): the server's own refusals, and those of the admin API.
  public static let problem = object(
    "Why a request was refused (RFC 9457)",
    [
      .required("type", .string("`about:blank`, or a page that explains it", format: "uri")),
      .required("title", .string("The status in words")),
      .required("status", .integer("The status again", from: 400)),
      .optional("detail", .string("What is wrong, or a stable reason code")),
      .optional("reason", .string("The stable reason code, where who asks may know it")),
    ]
  ).named("Problem")
}
