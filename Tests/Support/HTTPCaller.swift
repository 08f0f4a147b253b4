import Foundation

/// Makes requests on one port of this machine, a fresh connection for each unless kept.
package struct HTTPCaller: Sendable {
  package let port: UInt16
  package var host: String

  /// The access token that requests present unless they present something else.
  private var token: String?

  /// The unix socket to call instead of the port.
  private var socket: String?

  /// Keeps the deployment alive that it calls.
  private let deployment: Deployment?

  package init(port: UInt16, host: String? = nil, deployment: Deployment? = nil) {
    self.port = port
    self.deployment = deployment
    self.host = host ?? "127.0.0.1:\(port)"
  }

  /// Calls a unix socket.
  package init(socket: String, deployment: Deployment? = nil) {
    self.init(port: 0, host: "admin", deployment: deployment)
    self.socket = socket
  }

  /// The same, with an access token in each request that has no `Authorization` of its own.
  package func bearing(_ token: String) -> HTTPCaller {
    var copy = self
    copy.token = token
    return copy
  }

  /// A new connection to where this caller calls.
  package func connection(timeout: Double = 10) throws -> Connection {
    if let socket { return try Connection(socket: socket, timeout: timeout) }
    return try Connection(port: port, timeout: timeout)
  }

  /// One request, one answer, one connection.
  package func send(
    _ method: String = "GET", _ target: String, fields: [(String, String)] = [],
    body: String? = nil, timeout: Double = 10
  ) throws -> HTTPAnswer {
    let connection = try connection(timeout: timeout)
    return try send(
      on: connection, method, target, fields: fields + [("Connection", "close")], body: body)
  }

  /// One request on a connection that stays open.
  package func send(
    on connection: Connection, _ method: String = "GET", _ target: String,
    fields: [(String, String)] = [], body: String? = nil
  ) throws -> HTTPAnswer {
    var head = "\(method) \(target) HTTP/1.1\r\n"
    if !fields.contains(where: { $0.0.lowercased() == "host" }) { head += "Host: \(host)\r\n" }
    if let token, !fields.contains(where: { $0.0.lowercased() == "authorization" }) {
      head += "Authorization: Bearer \(token)\r\n"
    }
    for (name, value) in fields { head += "\(name): \(value)\r\n" }
    if let body { head += "Content-Length: \(body.utf8.count)\r\n" }
    try connection.send(head + "\r\n" + (body ?? ""))
    return try connection.receiveAnswer(toHead: method == "HEAD")
  }

  /// A GET with a bearer token.
  package func get(_ target: String, token: String) throws -> HTTPAnswer {
    try send("GET", target, fields: [("Authorization", "Bearer \(token)")])
  }

  /// A form, as the token endpoint takes it.
  package func post(
    _ target: String, form: [(String, String)], fields: [(String, String)] = []
  ) throws -> HTTPAnswer {
    try send(
      "POST", target,
      fields: [("Content-Type", "application/x-www-form-urlencoded")] + fields,
      body: Self.encode(form))
  }

  /// A form's text, everything but letters and digits escaped.
  package static func encode(_ form: [(String, String)]) -> String {
    let escape = { (text: String) in
      text.utf8.map { byte -> String in
        let scalar = Unicode.Scalar(byte)
        let plain =
          byte < 0x80
          && (CharacterSet.alphanumerics.contains(scalar) || "-._~".unicodeScalars.contains(scalar))
        return plain ? String(scalar) : String(format: "%%%02X", byte)
      }.joined()
    }
    return form.map { "\(escape($0.0))=\(escape($0.1))" }.joined(separator: "&")
  }
}
