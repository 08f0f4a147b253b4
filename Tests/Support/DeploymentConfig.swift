/// A config file in the making: sections in order, each JSON5 text that a test may replace.
package struct DeploymentConfig: Sendable {
  private var sections: [(name: String, text: String)]

  package init(_ sections: [(name: String, text: String)]) { self.sections = sections }

  /// The text of a section; nil takes it out.
  package subscript(name: String) -> String? {
    get { sections.first { $0.name == name }?.text }
    set {
      let index = sections.firstIndex { $0.name == name }
      switch (index, newValue) {
      case (let index?, let text?): sections[index].text = text
      case (let index?, nil): sections.remove(at: index)
      case (nil, let text?): sections.append((name, text))
      case (nil, nil): break
      }
    }
  }

  /// A copy with one section replaced.
  package func with(_ name: String, _ text: String?) -> DeploymentConfig {
    var copy = self
    copy[name] = text
    return copy
  }

  /// The file.
  package var text: String {
    "{\n" + sections.map { "  \($0.name): \($0.text),\n" }.joined() + "}\n"
  }
}

extension DeploymentConfig {
  /// The issuer of every deployment here: a name that is nobody's address, so that a URL built
  /// from a request's `Host` would show.
  package static let issuer = "https://issuer.example"
  /// The audience of the one resource.
  package static let audience = "https://api.example"
  /// The secret of every client.
  package static let secret = "a-secret-of-the-tests-0123456789"

  /// Everything: one listener, both key types, SQLite, four clients, one resource behind the
  /// built-in echo upstream.
  package static let standard = DeploymentConfig([
    ("issuer", "\"\(issuer)\""),
    ("state", "\"state\""),
    ("listeners", #"[{ address: "127.0.0.1:0", serves: ["authorization-server", "proxy"] }]"#),
    ("plugins", plugins()),
    ("keys", #"{ master: [{ file: "master.key" }] }"#),
    ("resources", resources),
    ("clients", "[\n\(clients)  ]"),
    ("proxy", "{ upstreams: { echo: { builtin: \"echo\" } }, routes: [\(routes(to: "echo"))] }"),
    ("log", #"{ level: "info", format: "json" }"#),
    ("admin", #"{ socket: "admin.sock" }"#),
  ])

  /// The plugins section: a grant library, a storage library, where they lie.
  package static func plugins(
    grant: String = #"{ load: "grant-client-credentials", pure: true }"#,
    storage: String = #"{ load: "storage-sqlite", config: { path: "sallyport.db" } }"#,
    directory: String? = nil
  ) -> String {
    let place = directory.map { "directory: \"\($0)\", " } ?? ""
    return "{ \(place)grants: [\(grant)], storage: \(storage) }"
  }

  /// The one resource.
  package static let resources = """
    [{ id: "api", audience: "\(audience)", scopes: { "api.read": "Read", "api.write": "Write" } }]
    """

  static let clients =
    client("app") + client("app-rs256", #"tokens: { algorithm: "RS256" }"#)
    + client("app-uuid", #"tokens: { format: "uuid" }"#)
    + client("app-short", #"tokens: { accessTokenLifetime: "1s" }"#)
    + client("app-narrow", scopes: #"["api.read"]"#)

  /// One entry of `clients`.
  package static func client(
    _ id: String, _ more: String = "", scopes: String = #"["api.read", "api.write"]"#
  ) -> String {
    """
        { id: "\(id)", secret: { file: "client.secret" }, grantTypes: ["client_credentials"],
          scopes: \(scopes), \(more) },

    """
  }

  /// The routes of `/api/`: reads need `api.read`, writes `api.write`.
  package static func routes(to upstream: String) -> String {
    """

        { path: "/api/", methods: ["GET", "HEAD"], upstream: "\(upstream)",
          audience: "\(audience)", scopes: ["api.read"] },
        { path: "/api/", methods: ["POST", "PUT", "PATCH", "DELETE"], upstream: "\(upstream)",
          audience: "\(audience)", scopes: ["api.write"] },
        { path: "/open/", upstream: "\(upstream)", anonymous: true },
    """
  }

  /// The standard deployment in front of an upstream of the test.
  package static func proxying(to port: UInt16, options: String = "") -> DeploymentConfig {
    standard.with(
      "proxy",
      "{ upstreams: { app: { address: \"http://127.0.0.1:\(port)\", \(options) } }, "
        + "routes: [\(routes(to: "app"))] }")
  }
}
