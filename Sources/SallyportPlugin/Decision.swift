/// What a grant gives; the host narrows it to what client, resource and artefact allow.
public struct Decision: Sendable {
  /// For whom the tokens speak.
  public enum Subject: Sendable {
    /// For the client itself.
    case client
    /// For the artefact's subject.
    case artefact
    /// For the subject of an assertion that the host verified, by the number it gave.
    case assertion(UInt64)
    /// For somebody on the plugin's word; needs the capability `assert_subject`.
    case asserted(String)
  }

  /// A value that must not come a second time, remembered in the commit that issues.
  public struct ReplayMark: Sendable {
    /// 1 to 1024 bytes, such as an assertion's issuer and `jti`.
    public let value: [UInt8]
    /// Unix milliseconds.
    public let expires: Int64

    /// A mark.
    public init(_ value: [UInt8], expires: Int64) {
      self.value = value
      self.expires = expires
    }
  }

  /// For whom the tokens speak.
  public var subject: Subject
  /// The scopes given; empty for those asked for.
  public var scopes: [String]
  /// The resources given; empty for those asked for, or those that the scopes belong to.
  public var resources: [String] = []
  /// What becomes of the artefact in the commit that issues.
  public var artefact = ArtefactFate.keep
  /// Whether a refresh token is wished for.
  public var wantsRefreshToken = false
  /// Whether an ID token is wished for.
  public var wantsIDToken = false
  /// Further claims of the access token; reserved names are refused.
  public var claims = JSONMembers()
  /// The claim `act` (RFC 8693); empty for none.
  public var actor = JSONMembers()
  /// How the person signed in; empty for what the artefact says.
  public var authentication = JSONMembers()
  /// The authorization details given; empty for none.
  public var authorizationDetails: [JSONValue] = []
  /// Further members of the token response.
  public var response = JSONMembers()
  /// The longest life of the access token, in milliseconds; 0 for the host's own.
  public var accessTokenLifetime: Int64 = 0
  /// The longest life of the refresh token, in milliseconds; 0 for the host's own.
  public var refreshTokenLifetime: Int64 = 0
  /// The longest life of the ID token, in milliseconds; 0 for the host's own.
  public var idTokenLifetime: Int64 = 0
  /// Values that must not come again.
  public var replayMarks: [ReplayMark] = []

  /// A decision that gives scopes; everything else is set on it.
  public init(subject: Subject, scopes: [String]) {
    self.subject = subject
    self.scopes = scopes
  }
}

/// What becomes of an artefact.
public enum ArtefactFate: UInt32, Sendable {
  /// It may be redeemed again.
  case keep
  /// It is spent.
  case consume
  /// It is spent, and every token that came from it ends.
  case revoke
}

/// A grant's no.
public struct Denial: Error, Sendable {
  /// The OAuth error code, such as `invalid_grant`.
  public let error: String
  /// A sentence for the client, in printable ASCII.
  public let description: String
  /// The true reason, for the operator's log only.
  public let detail: String
  /// What becomes of the artefact.
  public let artefact: ArtefactFate
  /// Further members of the error response.
  public let response: JSONMembers

  /// A denial.
  public init(
    _ error: String, _ description: String = "", detail: String = "",
    artefact: ArtefactFate = .keep, response: JSONMembers = [:]
  ) {
    self.error = error
    self.description = description
    self.detail = detail
    self.artefact = artefact
    self.response = response
  }
}

/// The answer of a grant's endpoint.
public struct EndpointReply: Sendable {
  /// The HTTP status.
  public let status: UInt32
  /// The page to render or the interaction to begin; empty for JSON.
  public let name: String
  /// The body, or the values of the page or interaction.
  public let members: JSONMembers

  /// An answer.
  public init(status: UInt32 = 200, name: String = "", _ members: JSONMembers) {
    self.status = status
    self.name = name
    self.members = members
  }
}
