internal import Diagnostics
internal import HTTP
internal import HTTPServer
internal import JSON
internal import OAuth

/// The body of a request by a client (RFC 6749 3.2), read once: repeats refused, empty is absent.
struct ClientForm {
  /// `client_id`, if in the body.
  let clientID: String?
  /// `client_secret`, if in the body.
  let clientSecret: Secret<[UInt8]>?
  /// Every other parameter, in the order of the request.
  let others: [(name: String, value: String)]

  /// The parameters by which a client authenticates, as descriptions name them.
  static let parameters = [
    ParameterDescription(
      "client_id", in: .form, description: "For client_secret_post and public clients",
      example: "my-client"),
    ParameterDescription(
      "client_secret", in: .form, secret: true, description: "For client_secret_post",
      example: "…"),
  ]

  /// Reads the form of a request.
  init(_ request: Request) throws(OAuthError) {
    guard request.query == nil || request.query == "" else {
      // RFC 6749 3.2 and 2.3.1: credentials and parameters never travel in the URI.
      throw .malformed("This endpoint takes its parameters in the body, not in the query.")
    }
    let all = try Self.parameters(of: request).map { (name: $0.name, value: $0.value) }
    clientID = try Self.single("client_id", in: all)
    clientSecret = try Self.single("client_secret", in: all).map { Secret(Array($0.utf8)) }
    others = all.filter { $0.name != "client_id" && $0.name != "client_secret" }
  }

  /// The value of a parameter that may come once; nil if it does not.
  func value(_ name: String) throws(OAuthError) -> String? { try Self.single(name, in: others) }

  /// The value of a parameter that must come, once.
  func required(_ name: String) throws(OAuthError) -> String {
    guard let value = try value(name) else {
      throw .malformed("The parameter \(name) is missing.")
    }
    return value
  }

  private static func single(
    _ name: String, in parameters: [(name: String, value: String)]
  ) throws(OAuthError) -> String? {
    let values = parameters.filter { $0.name == name }
    guard values.count <= 1 else {
      throw .malformed("The parameter \(name) occurs more than once.")
    }
    return values.first?.value
  }

  private static func parameters(of request: Request) throws(OAuthError)
    -> [FormParameters.Parameter]
  {
    let types = request.fields.all(.contentType)
    guard types.count == 1, let type = types.first, MediaType(type)?.isForm == true else {
      throw .malformed(
        "The Content-Type must be application/x-www-form-urlencoded.",
        reason: .requestContentType)
    }
    do throws(FormFault) {
      return try FormParameters(parsing: request.body).all
    } catch {
      throw OAuthError(
        .invalid_request, "The body is not a well-formed form.", reason: .requestForm,
        detail: "\(error)")
    }
  }
}
