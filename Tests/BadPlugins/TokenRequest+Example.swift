import OAuth
import Ports
import XCTest

extension TokenRequest {
  /// A request of a confidential client, with one value of each parameter.
  static func example(
    scopes: String? = nil, _ parameters: KeyValuePairs<String, String> = [:],
    isConfidential: Bool = true
  ) throws -> TokenRequest {
    TokenRequest(
      client: try XCTUnwrap(ClientID("demo-client")), isConfidential: isConfidential,
      authentication: isConfidential ? .client_secret_basic : .none,
      allowedScopes: ScopeSet(parsing: "api.read api.write") ?? .empty,
      scopes: try scopes.map { try XCTUnwrap(ScopeSet(parsing: $0)) }, resources: [],
      parameters: parameters.map { (name: $0.key, value: $0.value) })
  }
}
