public import Diagnostics
public import JSON

/// The claims of a JWT: the registered ones typed, the others as they stand (RFC 7519 4).
///
/// Reading checks types and ranges only. A payload is trusted when its JWS is verified.
public struct JWTClaims: Sendable {
  /// `iss`.
  public let issuer: String?
  /// `sub`.
  public let subject: String?
  /// `aud`, whose single string is an array of one; empty if absent.
  public let audiences: [String]
  /// `exp`.
  public let expiry: UnixTime?
  /// `nbf`.
  public let notBefore: UnixTime?
  /// `iat`.
  public let issuedAt: UnixTime?
  /// `jti`.
  public let id: String?
  /// All claims, checked but not built.
  public let members: JSONMembers

  /// What a claims set may cost; its own names are unique (RFC 7519 4).
  public static let limits = JSONLimits(bytes: 65_536, depth: 16, members: 2_048)

  /// Reads a payload.
  public init(parsing payload: [UInt8]) throws(JOSEError) {
    let members: JSONMembers
    do {
      members = try JSONMembers(scanning: payload, limits: Self.limits)
    } catch {
      throw .malformedClaims(error)
    }
    self.members = members
    issuer = try members.text("iss")
    subject = try members.text("sub")
    audiences = try members.texts("aud")
    expiry = try members.date("exp")
    notBefore = try members.date("nbf")
    issuedAt = try members.date("iat")
    id = try members.text("jti")
  }

  /// Throws unless the claims hold at a time.
  ///
  /// `exp` and `nbf` by RFC 7519 4.1.4 and 4.1.5 with a leeway; `iat` may lie in the future by the
  /// tolerance, for clocks that differ. An absent claim says nothing.
  public func check(
    at now: UnixTime, leeway: Lifetime, issuedAtTolerance: Lifetime
  ) throws(JOSEError) {
    // "on or after which the JWT MUST NOT be accepted"
    if let expiry, now >= expiry + leeway { throw .expired }
    if let notBefore, now + leeway < notBefore { throw .notYetValid }
    if let issuedAt, now + issuedAtTolerance < issuedAt { throw .notYetValid }
  }
}

extension JSONMembers {
  /// A claim that must be a string if it is there.
  public func text(_ name: String) throws(JOSEError) -> String? {
    guard let range = range(name) else { return nil }
    guard bytes[range.lowerBound] == UInt8(ascii: "\""), let text = string(name) else {
      throw .claim(name)
    }
    return text
  }

  /// A claim that must be a string or an array of strings if it is there.
  public func texts(_ name: String) throws(JOSEError) -> [String] {
    guard let range = range(name) else { return [] }
    if bytes[range.lowerBound] == UInt8(ascii: "\"") {
      guard let text = string(name) else { throw .claim(name) }
      return [text]
    }
    let elements: [JSONValue]?
    do {
      elements = try value(name, limits: JWTClaims.limits)?.array
    } catch {
      throw .malformedClaims(error)
    }
    guard let elements else { throw .claim(name) }
    var texts: [String] = []
    texts.reserveCapacity(elements.count)
    for element in elements {
      guard let text = element.string else { throw .claim(name) }
      texts.append(text)
    }
    return texts
  }

  /// A claim that must be a NumericDate if it is there (RFC 7519 2).
  ///
  /// A number, whole or not, from 1970 to the year 9999.
  public func date(_ name: String) throws(JOSEError) -> UnixTime? {
    if let seconds = integer(name) {
      guard (0...NumericDate.last).contains(seconds) else { throw .claim(name) }
      return UnixTime(seconds: seconds)
    }
    guard let range = range(name) else { return nil }
    let number: Double?
    do {
      number = try JSONValue(parsing: bytes.span.extracting(range), limits: JWTClaims.limits).number
    } catch {
      throw .malformedClaims(error)
    }
    guard let number, (0...Double(NumericDate.last)).contains(number) else { throw .claim(name) }
    return UnixTime(milliseconds: Int64(number * 1000))
  }
}

/// What a NumericDate may be here.
private enum NumericDate {
  /// 9999-12-31T23:59:59Z: beyond lies nonsense, and overflow.
  static let last: Int64 = 253_402_300_799
}
