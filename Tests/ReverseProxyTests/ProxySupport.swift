import HTTP
import OAuth
import ReverseProxy

/// A request of a method and target, with further field lines.
func request(_ line: String, host: String = "a.example", _ fields: [String] = []) -> [UInt8] {
  let lines = ["\(line) HTTP/1.1", "Host: \(host)"] + fields
  return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
}

/// The parser that has read a whole request.
func parsed(_ bytes: [UInt8]) throws -> RequestHeadParser {
  var parser = RequestHeadParser()
  guard try parser.parse(bytes.span) else { throw IncompleteRequest() }
  return parser
}

/// A test's request was not whole.
struct IncompleteRequest: Error {}

/// A route that says only what a test is about.
func route(
  _ name: String = "r", host: String? = nil, path: String = "/", methods: [Method] = [],
  access: Route.Access = .anonymous, upstreamHost: FieldValue? = "up.example",
  passesAuthorization: Bool = false
) throws -> Route {
  try Route(
    name: name, host: host, path: path, methods: methods, access: access,
    destination: Route.Destination(index: 0, host: upstreamHost),
    passesAuthorization: passesAuthorization)
}
