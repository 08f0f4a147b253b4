/// What a grant needs, told once when it is loaded.
public struct GrantDeclaration: Sendable {
  /// Traits of a grant.
  public struct Traits: OptionSet, Sendable {
    /// The bits of the ABI.
    public let rawValue: UInt32
    /// Traits from their bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// Decides from the request alone, uses no service, never waits: may run on the event loop.
    public static let pure = Traits(rawValue: 1)
    /// Refused for public clients before it is asked.
    public static let confidential = Traits(rawValue: 2)
    /// Clients poll with the same artefact; the host paces them with `slow_down`.
    public static let polled = Traits(rawValue: 4)
  }

  /// The `grant_type`: a registered word or an absolute URI.
  public var grantType: String
  /// Its traits.
  public var traits: Traits
  /// What it redeems, such as `code`, `refresh` or `device`, and the parameter that carries it.
  public var artefact: (kind: String, parameter: String)?
  /// The parameters it gets to see, besides those that are the host's.
  public var parameters: [DeclaredParameter]
  /// The response types that it adds to the authorization endpoint.
  public var responseTypes: [String]
  /// The endpoints that exist while it is loaded.
  public var endpoints: [DeclaredEndpoint]

  /// A declaration.
  public init(
    grantType: String, traits: Traits = [], artefact: (kind: String, parameter: String)? = nil,
    parameters: [DeclaredParameter] = [], responseTypes: [String] = [],
    endpoints: [DeclaredEndpoint] = []
  ) {
    self.grantType = grantType
    self.traits = traits
    self.artefact = artefact
    self.parameters = parameters
    self.responseTypes = responseTypes
    self.endpoints = endpoints
  }
}

/// A parameter that a grant or endpoint gets to see.
public struct DeclaredParameter: Sendable {
  /// Traits of a parameter.
  public struct Traits: OptionSet, Sendable {
    /// The bits of the ABI.
    public let rawValue: UInt32
    /// Traits from their bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// A request without it is `invalid_request`.
    public static let required = Traits(rawValue: 1)
    /// May occur more than once.
    public static let multiple = Traits(rawValue: 2)
    /// Its value is never logged.
    public static let secret = Traits(rawValue: 4)
  }

  /// The wire name.
  public let name: String
  /// Its traits.
  public let traits: Traits
  /// A fragment for the API's description.
  public let description: String

  /// A parameter.
  public init(_ name: String, _ traits: Traits = [], description: String = "") {
    self.name = name
    self.traits = traits
    self.description = description
  }
}

/// An endpoint that exists while its grant is loaded.
public struct DeclaredEndpoint: Sendable {
  /// The methods that it takes.
  public struct Methods: OptionSet, Sendable {
    /// The bits of the ABI.
    public let rawValue: UInt32
    /// Methods from their bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// GET.
    public static let get = Methods(rawValue: 1)
    /// POST.
    public static let post = Methods(rawValue: 2)
  }

  /// Who may call it.
  public enum Authentication: UInt32, Sendable {
    /// Anybody.
    case none
    /// An authenticated client.
    case client
    /// A signed-in person; posts are guarded against forgery from other sites.
    case session
  }

  /// What it answers with.
  public enum Answer: UInt32, Sendable {
    /// A JSON object.
    case json
    /// A page that the host renders.
    case page
    /// A step of the person's interaction.
    case interaction
  }

  /// The last part of its path, and its name in the metadata before `_endpoint`.
  public let name: String
  /// The methods that it takes.
  public let methods: Methods
  /// Who may call it.
  public let authentication: Authentication
  /// What it answers with.
  public let answer: Answer
  /// The parameters it gets to see.
  public let parameters: [DeclaredParameter]

  /// An endpoint.
  public init(
    _ name: String, methods: Methods, authentication: Authentication, answer: Answer,
    parameters: [DeclaredParameter] = []
  ) {
    self.name = name
    self.methods = methods
    self.authentication = authentication
    self.answer = answer
    self.parameters = parameters
  }
}
