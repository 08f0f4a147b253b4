internal import Diagnostics
public import HTTP

/// Finds the endpoint of a request by exact path and method.
public struct Router: Sendable {
  /// What the router found for a request.
  public enum Decision: Sendable {
    /// An endpoint answers.
    case endpoint(any Endpoint, EndpointDescription)
    /// The router itself answers: 405 with `Allow`, or OPTIONS.
    case answer(Response)
    /// No endpoint has this path.
    case none
  }

  /// A fault in the list of endpoints.
  public enum Fault: Error, Equatable {
    /// Two endpoints claim the same method on the same path.
    case duplicate(method: Method, path: String)
  }

  private struct Entry: Sendable {
    var endpoints: [(endpoint: any Endpoint, description: EndpointDescription)] = []
    var isCrossOrigin: Bool { endpoints.contains { $0.description.cors == .any } }
  }

  private struct Place: Sendable {
    let path: [UInt8]
    let entry: Entry
  }

  private let entries: [String: Entry]
  /// The same entries by the length of their path: a look-up compares one or two of them.
  private let places: [[Place]]

  /// What every endpoint says of itself, in the order given: the source of metadata and OpenAPI.
  public let descriptions: [EndpointDescription]

  /// Where the problems that it answers with are explained.
  public let problems: ProblemPages

  /// A table without endpoints: everything is the fallback's.
  public init(problems: ProblemPages = .none) {
    self.problems = problems
    entries = [:]
    places = []
    descriptions = []
  }

  /// A router over endpoints, of which no two may share a method and a path.
  public init(
    endpoints: [any Endpoint], problems: ProblemPages = .none
  ) throws(Fault) {
    self.problems = problems
    var entries: [String: Entry] = [:]
    var descriptions: [EndpointDescription] = []
    for endpoint in endpoints {
      let description = endpoint.description
      var entry = entries[description.path] ?? Entry()
      for method in description.methods
      where entry.endpoints.contains(where: { $0.description.methods.contains(method) }) {
        throw .duplicate(method: method, path: description.path)
      }
      entry.endpoints.append((endpoint, description))
      entries[description.path] = entry
      descriptions.append(description)
    }
    self.entries = entries
    self.descriptions = descriptions
    var places = [[Place]](
      repeating: [], count: (entries.keys.map(\.utf8.count).max() ?? 0) + 1)
    for (path, entry) in entries {
      places[path.utf8.count].append(Place(path: Array(path.utf8), entry: entry))
    }
    self.places = places
  }

  /// Whether any endpoint has this path.
  public func serves(_ path: String) -> Bool { entries[path] != nil }

  /// The decision for a method on a canonical path.
  public func decide(_ method: Method, _ path: String) -> Decision {
    guard let entry = entries[path] else { return .none }
    return decide(method, entry)
  }

  /// The decision for a parsed head, without a `String` for the path.
  func decide(
    _ head: borrowing RequestHead, path: Span<UInt8>, in bytes: Span<UInt8>
  ) -> Decision {
    guard path.count < places.count else { return .none }
    let place = places[path.count].first { place in
      path.withUnsafeBufferPointer { $0.elementsEqual(place.path) }
    }
    guard let place else { return .none }
    return decide(head.method(in: bytes), place.entry)
  }

  private func decide(_ method: Method, _ entry: Entry) -> Decision {
    let wanted = method == .head ? Method.get : method
    for (endpoint, description) in entry.endpoints
    where description.methods.contains(method) || description.methods.contains(wanted) {
      return .endpoint(endpoint, description)
    }
    return .answer(refusal(of: method, by: entry))
  }

  private func refusal(of method: Method, by entry: Entry) -> Response {
    let allowed = Self.allowed(by: entry)
    var response: Response =
      method == .options
      ? Response(status: .noContent) : .problem(.methodNotAllowed, .methodNotAllowed, at: problems)
    if let value = FieldValue(allowed.map(\.rawValue).joined(separator: ", ")) {
      response.fields.append(.allow, value)
      if entry.isCrossOrigin { response.fields.append(.accessControlAllowOrigin, "*") }
      if method == .options, entry.isCrossOrigin {
        response.fields.append(.accessControlAllowMethods, value)
        response.fields.append(.accessControlAllowHeaders, "Authorization, Content-Type, DPoP")
        response.fields.append(.accessControlMaxAge, "7200")
      }
    }
    return response
  }

  private static func allowed(by entry: Entry) -> [Method] {
    var methods = entry.endpoints.flatMap(\.description.methods)
    if methods.contains(.get), !methods.contains(.head) { methods.append(.head) }
    if !methods.contains(.options) { methods.append(.options) }
    return methods
  }
}
