public import HTTP

/// What an endpoint is, in one value: it routes, parses, and fills metadata and OpenAPI alike, so
/// that these cannot disagree.
public struct EndpointDescription: Sendable {
  /// Who must say who it is before the endpoint answers.
  public enum Authentication: Sendable, Equatable {
    /// Nobody.
    case none
    /// An OAuth client, by one of the client authentication methods.
    case client
    /// The process at the other end of a unix-domain socket.
    case peer
    /// The holder of an access token (RFC 6750).
    case bearer
  }

  /// Which web origins may read the answers.
  public enum CrossOrigin: Sendable, Equatable {
    /// The endpoint's own origin only.
    case none
    /// Every origin, without credentials.
    case any
  }

  /// The methods it answers; HEAD comes with GET, OPTIONS is answered by the router.
  public let methods: [Method]
  /// The exact path.
  public let path: String
  /// One sentence on what it is for.
  public let summary: String
  /// What may be sent.
  public let parameters: [ParameterDescription]
  /// Who must authenticate.
  public let authentication: Authentication
  /// What may come back.
  public let responses: [ResponseDescription]
  /// The longest request body in bytes; more is 413.
  public let bodyLimit: Int
  /// Who may read the answers across origins.
  public let cors: CrossOrigin
  /// The client authentication methods that it takes, by their registered names (RFC 7591 2).
  public let clientMethods: [String]
  /// What the OpenAPI document calls the operation, in camel case; else made from the path.
  public let operation: String?

  /// Describes an endpoint.
  public init(
    methods: [Method], path: String, summary: String, parameters: [ParameterDescription] = [],
    authentication: Authentication = .none, responses: [ResponseDescription],
    bodyLimit: Int = 64 * 1024, cors: CrossOrigin = .none, clientMethods: [String] = [],
    operation: String? = nil
  ) {
    self.methods = methods
    self.path = path
    self.summary = summary
    self.parameters = parameters
    self.authentication = authentication
    self.responses = responses
    self.bodyLimit = bodyLimit
    self.cors = cors
    self.clientMethods = clientMethods
    self.operation = operation
  }
}
