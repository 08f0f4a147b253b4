public import Diagnostics
public import OAuth

/// What tokens may have in common that are revoked together.
public enum RevocationAxis: String, Sendable, CaseIterable {
  /// One token, by its `jti`.
  case token
  /// A grant, by its `gid`: all tokens that came from one authorization.
  case grant
  /// A session, by its `sid`.
  case session
  /// Every token of a client.
  case client
  /// Every token that speaks for a subject.
  case subject
}

/// What somebody wants revoked.
public struct RevocationTarget: Hashable, Sendable {
  /// By what the tokens are found.
  public let axis: RevocationAxis
  /// The value that they have there.
  public let value: String
  /// When the last of them ends, if that is known; else the longest that a token may live counts.
  let end: UnixTime?

  private init(_ axis: RevocationAxis, _ value: String, end: UnixTime? = nil) {
    self.axis = axis
    self.value = value
    self.end = end
  }

  /// One token.
  public static func token(_ id: String, until end: UnixTime) -> RevocationTarget {
    RevocationTarget(.token, id, end: end)
  }

  /// All tokens of a grant, those to come included.
  public static func grant(_ id: String) -> RevocationTarget { RevocationTarget(.grant, id) }

  /// All tokens of a session, those to come included.
  public static func session(_ id: String) -> RevocationTarget { RevocationTarget(.session, id) }

  /// All tokens that a client has by now.
  public static func client(_ id: ClientID) -> RevocationTarget {
    RevocationTarget(.client, id.text)
  }

  /// All tokens that speak for a subject by now.
  public static func subject(_ subject: Subject) -> RevocationTarget {
    RevocationTarget(.subject, subject.text)
  }
}

/// An entry of the revocation table: tokens issued before a time are void, until the last has ended.
public struct Revocation: Hashable, Sendable {
  /// By what the tokens are found.
  public let axis: RevocationAxis
  /// The value that they have there.
  public let value: String
  /// The tokens whose `iat` is less are revoked.
  public let issuedBefore: UnixTime
  /// When the entry can hit no token any more.
  public let until: UnixTime
  /// When it was made.
  public let recorded: UnixTime
  /// Who asked for it, for the operator.
  public let origin: String

  /// An entry as it was read or made.
  package init(
    axis: RevocationAxis, value: String, issuedBefore: UnixTime, until: UnixTime,
    recorded: UnixTime, origin: String
  ) {
    self.axis = axis
    self.value = value
    self.issuedBefore = issuedBefore
    self.until = until
    self.recorded = recorded
    self.origin = origin
  }

  /// The entry that revokes a target for good; what goes on, the table bounds when it is stored.
  init(_ target: RevocationTarget, at now: UnixTime, longestToken: Lifetime, by origin: String) {
    self.init(
      axis: target.axis, value: target.value, issuedBefore: UnixTime(milliseconds: .max),
      until: target.end ?? now + longestToken, recorded: now, origin: origin)
  }

  /// Whether new tokens of the same may be good: a client and a subject go on, the others do not.
  var goesOn: Bool { axis == .client || axis == .subject }

  /// The same entry for the tokens issued before a time.
  func bounded(by time: UnixTime) -> Revocation {
    Revocation(
      axis: axis, value: value, issuedBefore: time, until: until, recorded: recorded,
      origin: origin)
  }

  /// The entry that does the work of two for the same tokens.
  func merged(with other: Revocation) -> Revocation {
    let newer = other.recorded > recorded ? other : self
    return Revocation(
      axis: axis, value: value, issuedBefore: max(issuedBefore, other.issuedBefore),
      until: max(until, other.until), recorded: newer.recorded, origin: newer.origin)
  }
}
