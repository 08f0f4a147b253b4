internal import JSON
internal import Tokens

/// What the endpoint says of a token.
///
/// "To avoid disclosing too much of the authorization server's state to a third party", a token that
/// is not active, for whatever reason, gets the one answer without any other member (RFC 7662 2.2).
enum IntrospectionAnswer {
  /// It is good, and the caller may know what it says.
  case active(VerifiedToken)
  /// It is not, or the caller may not know.
  case inactive

  /// The answer as JSON text.
  var json: [UInt8] {
    switch self {
    case .inactive: Self.inactiveText
    case .active(let token): Self.text(of: token.claims)
    }
  }

  private static let inactiveText = Array("{\"active\":false}".utf8)
  private static let activeText = Array("{\"active\":true,\"token_type\":\"Bearer\",".utf8)
  private static let own = ["active", "token_type"]

  /// The claims with our own members before them: the names are the same (RFC 7662 2.2, RFC 9068).
  private static func text(of claims: [UInt8]) -> [UInt8] {
    let members: JSONMembers
    do {
      members = try JSONMembers(scanning: claims)
    } catch {
      // Cannot happen: the claims were read when the token was verified.
      return inactiveText
    }
    guard claims.first == UInt8(ascii: "{"), members.count > 0,
      own.allSatisfy({ members.range($0) == nil })
    else { return rebuilt(claims) }
    return activeText + claims.dropFirst()
  }

  /// The slow way, for claims that begin with a blank or that would contradict our members.
  private static func rebuilt(_ claims: [UInt8]) -> [UInt8] {
    var object = JSONObject([("active", .bool(true)), ("token_type", .string("Bearer"))])
    // It was read before, as above.
    let read = (try? JSONValue(parsing: claims).object) ?? JSONObject()
    for member in read.members where !own.contains(member.name) {
      object[member.name] = member.value
    }
    return JSONValue.object(object).serialized()
  }
}
