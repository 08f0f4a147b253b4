import AuthorizationServer
import Diagnostics
import HTTP
import HTTPServer
import JSON
import OAuth
import Synchronization
import XCTest

final class MetadataTests: XCTestCase {
  private func get(_ endpoint: some Endpoint, ifNoneMatch: [FieldValue] = []) throws -> Response {
    var fields = Fields()
    for value in ifNoneMatch { fields.append(.ifNoneMatch, value) }
    let answer = Answer()
    endpoint.respond(
      to: Request(
        id: RequestID.next(), method: .get, path: endpoint.description.path, fields: fields,
        peer: PeerAddress(host: .ipv4(0x7f00_0001), port: 1), isSecure: true),
      through: Responder { response, _ in answer.response.withLock { $0 = response } })
    return try XCTUnwrap(answer.response.withLock { $0 })
  }

  private func metadata(_ issuer: String, _ endpoints: [EndpointDescription]) throws
    -> MetadataEndpoint
  {
    MetadataEndpoint(
      ServerMetadata(
        issuer: try XCTUnwrap(Issuer(issuer)),
        grantTypes: [try XCTUnwrap(GrantType("client_credentials"))],
        scopes: try XCTUnwrap(ScopeSet(parsing: "a b"))), endpoints: endpoints)
  }

  func testTheMetadataOfAnIssuerWithAPathLieBetweenHostAndPath() throws {
    let keys = KeySetEndpoint(base: "/tenant") { CachedDocument(body: [], maxAge: .minutes(1)) }
    let endpoint = try metadata("https://issuer.example/tenant", [keys.description])
    XCTAssertEqual(endpoint.description.path, "/.well-known/oauth-authorization-server/tenant")
    let json = try XCTUnwrap(JSONValue(parsing: get(endpoint).body).object)
    XCTAssertEqual(json["issuer"]?.string, "https://issuer.example/tenant")
    XCTAssertEqual(
      json["jwks_uri"]?.string, "https://issuer.example/tenant/oauth2/v1/jwks")
    XCTAssertNil(json["token_endpoint"], "what is not served is not announced")
    XCTAssertEqual(json["response_types_supported"], .array([]))
    XCTAssertEqual(json["scopes_supported"], .array([.string("a"), .string("b")]))
  }

  func testAKnownTagIsAnsweredWithNothing() throws {
    let endpoint = try metadata("https://issuer.example", [])
    let full = try get(endpoint)
    XCTAssertEqual(full.status, .ok)
    XCTAssertEqual(full.fields[.cacheControl], "public, max-age=300")
    let tag = try XCTUnwrap(full.fields[.etag])
    let known = ["\(tag)", "W/\(tag)", "\"other\", \(tag)", "*"]
    for text in known {
      let answer = try get(endpoint, ifNoneMatch: [try XCTUnwrap(FieldValue(text))])
      XCTAssertEqual(answer.status, .notModified, text)
      XCTAssertEqual(answer.body, [])
      XCTAssertEqual(answer.fields[.etag], tag)
    }
    for text in ["\"other\"", "W/\"other\"", "\(tag.dropFirst())"] {
      let answer = try get(endpoint, ifNoneMatch: [try XCTUnwrap(FieldValue(text))])
      XCTAssertEqual(answer.status, .ok, text)
    }
  }
}
