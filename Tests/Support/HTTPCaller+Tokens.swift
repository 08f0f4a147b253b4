extension HTTPCaller {
  /// A client gives a token up (RFC 7009).
  package func revoke(
    _ token: String, as client: String = "app", more: [(String, String)] = []
  ) throws -> HTTPAnswer {
    try post("/oauth2/v1/revoke", form: Self.form(token, client) + more)
  }

  /// A client asks about a token (RFC 7662).
  package func introspect(
    _ token: String, as client: String = "app", more: [(String, String)] = [],
    accept: String? = nil
  ) throws -> HTTPAnswer {
    try post(
      "/oauth2/v1/introspect", form: Self.form(token, client) + more,
      fields: accept.map { [("Accept", $0)] } ?? [])
  }

  private static func form(_ token: String, _ client: String) -> [(String, String)] {
    [("token", token), ("client_id", client), ("client_secret", DeploymentConfig.secret)]
  }
}
