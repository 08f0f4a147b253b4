internal import HTTPServer
internal import JOSE
internal import JSON
internal import OAuth

/// What the admin endpoints on clients take and give, in the words of the OpenAPI document.
enum ClientDescription {
  static let id = ParameterDescription(
    "id", in: .json, required: true, description: "The client", example: "my-client")

  static let overlap = ParameterDescription(
    "overlap", in: .json, description: "How long the former secret stays good, in seconds",
    schema: .integer(from: 0), example: 86_400)

  static let creation = [
    ParameterDescription(
      "id", in: .json, description: "Its id; made up if missing", example: "my-client"),
    ParameterDescription(
      "grantTypes", in: .json, required: true, description: "The grants that it may use",
      schema: .array(of: .string()), example: ["client_credentials"]),
    ParameterDescription(
      "scopes", in: .json, description: "The scopes that it may get",
      schema: .array(of: .string()), example: []),
    ParameterDescription(
      "public", in: .json, description: "Whether it cannot keep a secret", schema: .boolean(),
      example: false),
    ParameterDescription(
      "lifetime", in: .json, description: "The lifetime of its access tokens, in seconds",
      schema: .integer(from: 1), example: 600),
    ParameterDescription(
      "format", in: .json, description: "The format of its access tokens",
      schema: .choice(TokenFormat.allCases.map(\.rawValue)), example: "jws"),
    ParameterDescription(
      "algorithm", in: .json, description: "What its access tokens are signed by",
      schema: .choice(JWSAlgorithm.allCases.map(\.rawValue)), example: "ES256"),
  ]

  private static let members: [JSONSchema.Member] = [
    .required("id", .string()),
    .required("source", .choice(["config", "storage"], "Where it is kept")),
    .required("grantTypes", .array(of: .string())),
    .required("scopes", .array(of: .string())),
    .required(
      "authentication", .array(of: .choice(ClientAuthenticationMethod.allCases.map(\.rawValue)))),
    .required(
      "secrets",
      .array(
        of: .object([
          .required("created", .string(format: "date-time")),
          .optional("expires", .string(format: "date-time")),
        ]))),
    .required(
      "tokens",
      .object([
        .optional("format", .choice(TokenFormat.allCases.map(\.rawValue))),
        .optional("algorithm", .string()), .optional("lifetime", .integer(from: 1)),
      ])),
  ]

  static let client = JSONSchema.object("A client", members).named("Client")

  static let issued = JSONSchema.object(
    "A client with its new secret, which is shown this once",
    members + [.optional("secret", .string("Missing for a public client"))]
  ).named("IssuedClient")

  static let deleted = JSONSchema.object([
    .required("id", .string()), .required("deleted", .boolean()),
  ])
}
