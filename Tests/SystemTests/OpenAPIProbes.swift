import Foundation
import Harness

/// One operation of an OpenAPI document.
struct Operation {
  let method: String
  let path: String
  /// Whether the path is served where the document is.
  let isHere: Bool
  /// The media type of the body it takes, and an example.
  let body: (type: String, example: [String: Any])?

  static func all(in document: [String: Any]) -> [Operation] {
    let paths = document["paths"] as? [String: [String: Any]] ?? [:]
    return paths.sorted { $0.key < $1.key }.flatMap { path, item in
      item.compactMap { name, value -> Operation? in
        guard name != "servers", let operation = value as? [String: Any] else { return nil }
        let request = operation["requestBody"] as? [String: Any]
        let content = (request?["content"] as? [String: [String: Any]])?.first
        return Operation(
          method: name.uppercased(), path: path, isHere: item["servers"] == nil,
          body: content.map { ($0.key, $0.value["example"] as? [String: Any] ?? [:]) })
      }
    }
  }
}

/// Requests, good ones and bad ones, that any operation can be tried with.
struct OpenAPIProbes {
  private let caller: HTTPCaller
  private let operation: Operation

  init(_ caller: HTTPCaller, _ operation: Operation) {
    self.caller = caller
    self.operation = operation
  }

  func run() throws -> [OpenAPIExchange] {
    var exchanges = try heads()
    if operation.method == "GET" {
      exchanges += [
        try send("plain"), try send("head", method: "HEAD"),
        try send("known", fields: [("If-None-Match", "*")]),
      ]
    }
    if let body = operation.body { exchanges += try bodies(body.type, body.example) }
    return exchanges
  }

  /// What breaks a rule of HTTP or a limit.
  private func heads() throws -> [OpenAPIExchange] {
    [
      try send("no body"),
      try send("other method", method: "BREW"),
      try send("other scheme", fields: [("Authorization", "Bearer x")]),
      try send("bad credentials", fields: [("Authorization", "Basic !")]),
      try send("expectation", fields: [("Expect", "x")]),
      try send("long field", fields: [("X-Long", String(repeating: "x", count: 20_000))]),
      try send("long target", query: "?" + String(repeating: "x", count: 10_000)),
      try send("long body", fields: [("Content-Length", "99999999")]),
      try send("coding", fields: [("Transfer-Encoding", "gzip, chunked")]),
      try send("two lengths", fields: [("Content-Length", "1"), ("Content-Length", "2")]),
      try raw("version", "\(operation.method) \(operation.path) HTTP/3.0\r\nHost: x\r\n\r\n"),
    ]
  }

  /// Content that is as described, and content that is not.
  private func bodies(_ type: String, _ example: [String: Any]) throws -> [OpenAPIExchange] {
    let isForm = type != "application/json"
    let good =
      isForm
      ? HTTPCaller.encode(
        example.flatMap { name, value in
          (value as? [String] ?? ["\(value)"]).map { (name, $0) }
        })
      : String(decoding: try JSONSerialization.data(withJSONObject: example), as: UTF8.self)
    let typed = [("Content-Type", type)]
    return [
      try send("its example", fields: typed, body: good),
      try send("other type", fields: [("Content-Type", "image/png")], body: good),
      try send("no type", body: good),
      try send("not of its type", fields: typed, body: "%zz{"),
      try send("twice", fields: typed, body: isForm ? good + "&" + good : good + good),
      try send("a list", fields: typed, body: "[]"),
      try send("wrong shapes", fields: typed, body: isForm ? "grant_type=%00" : #"{"id":1}"#),
    ]
  }

  private func send(
    _ what: String, method: String? = nil, query: String = "",
    fields: [(String, String)] = [], body: String? = nil
  ) throws -> OpenAPIExchange {
    let method = method ?? operation.method
    let answer = try caller.send(method, operation.path + query, fields: fields, body: body)
    let described = method == "HEAD" ? method : operation.method
    return OpenAPIExchange(described, operation.path, what, answer)
  }

  private func raw(_ what: String, _ request: String) throws -> OpenAPIExchange {
    let connection = try caller.connection()
    try connection.send(request)
    return OpenAPIExchange(
      operation.method, operation.path, what, try connection.receiveAnswer())
  }
}

/// The paths that the sources name, each perhaps an endpoint's.
enum SourcePaths {
  static func all() throws -> Set<String> {
    let folder = Program.checkout.appendingPathComponent("Sources")
    let files = FileManager.default.subpaths(atPath: folder.path) ?? []
    let literal = try NSRegularExpression(pattern: #""(/[A-Za-z0-9._/-]+)""#)
    var paths: Set<String> = []
    for file in files where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      for match in literal.matches(in: text, range: NSRange(text.startIndex..., in: text)) {
        guard let range = Range(match.range(at: 1), in: text), !text[range].contains("..")
        else { continue }
        paths.insert(String(text[range]))
      }
    }
    return paths.union(["doc.json", "page.css", "page.js"].map { "/ui/swagger/" + $0 })
  }
}
