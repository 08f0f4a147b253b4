internal import Diagnostics
internal import HTTP
internal import JSON
internal import OAuth
internal import Tokens

/// The successful answer of RFC 6749 5.1.
struct TokenResponse {
  let tokens: PreparedTokens
  let authorization: Authorization
  let further: JSONObject

  var message: Response {
    var writer = JSONWriter()
    writer.beginObject()
    writer.name("access_token")
    writer.value(tokens.accessToken.reveal())
    writer.name("token_type")
    writer.value("Bearer")
    writer.name("expires_in")
    writer.value(tokens.lifetime.seconds)
    writer.name("scope")
    writer.value(authorization.scopes.description)
    for member in further.members where !Self.own.contains(member.name) {
      writer.name(member.name)
      writer.value(member.value)
    }
    writer.endObject()
    return .json(writer.bytes)
  }

  /// A grant cannot overwrite what the core says.
  private static let own: Set<String> = [
    "access_token", "token_type", "expires_in", "scope", "refresh_token", "id_token", "error",
  ]
}
