import AuthorizationServer
import HTTP
import JOSE
import JSON
import XCTest

final class TokenEndpointTests: XCTestCase {
  private let grant = "grant_type=client_credentials"

  func testEachMistakeHasTheCodeOfItsRFC() throws {
    let rig = try TokenRig()
    let cases = [
      ("", "invalid_request"), ("grant_type=", "invalid_request"),
      ("\(grant)&\(grant)", "invalid_request"),
      ("\(grant)&scope=a.read&scope=a.read", "invalid_request"),
      ("\(grant)&client_id=c", "invalid_request"), ("\(grant)&scope=%zz", "invalid_request"),
      ("\(grant)&scope=%ff", "invalid_request"), ("grant_type=password", "unsupported_grant_type"),
      ("grant_type=a%20b", "unsupported_grant_type"), ("\(grant)&scope=a.read%20", "invalid_scope"),
      ("\(grant)&scope=nothing", "invalid_scope"), ("\(grant)&scope=a.admin", "invalid_scope"),
      ("\(grant)&scope=a.read+b.read", "invalid_target"), (grant, "invalid_target"),
      ("\(grant)&resource=https://nobody.example", "invalid_target"),
      ("\(grant)&resource=a%20b", "invalid_target"),
      ("\(grant)&resource=https://a.example&scope=b.read", "invalid_target"),
      ("\(grant)&resource=https://a.example&resource=https://b.example", "invalid_target"),
    ]
    for (form, code) in cases {
      let (response, json) = try rig.ask(form)
      XCTAssertEqual(json["error"]?.string, code, form)
      XCTAssertEqual(response.status, .badRequest, form)
      XCTAssertEqual(response.fields[.cacheControl], "no-store", form)
      XCTAssertNil(response.fields[.wwwAuthenticate], form)
    }
    let (_, json) = try rig.ask(grant, as: "client_id=grantless&client_secret=s&")
    XCTAssertEqual(json["error"]?.string, "unauthorized_client")
  }

  func testAnUnknownClientAndAWrongSecretGetTheSameAnswer() throws {
    let rig = try TokenRig()
    let cases = [
      "client_id=c&client_secret=wrong&", "client_id=nobody&client_secret=s&", "client_id=c&",
      "client_id=nobody&", "client_id=c%C3%A9&client_secret=s&", "client_id=c&client_secret=s%20&",
    ]
    let answers = try cases.map { try rig.ask(grant, as: $0).response }
    for answer in answers {
      XCTAssertEqual(answer.status, .unauthorized)
      XCTAssertEqual(answer.body, answers[0].body)
      XCTAssertNotNil(answer.fields[.wwwAuthenticate])
    }
  }

  func testCredentialsTravelInOneWayAndNeverInTheQuery() throws {
    let rig = try TokenRig()
    let basic: FieldValue = "Basic Yzpz"
    let form = "\(grant)&scope=a.read"
    XCTAssertEqual(try rig.ask(form, as: "", authorization: [basic]).response.status, .ok)
    XCTAssertEqual(
      try rig.ask(form, as: "client_id=c&", authorization: [basic]).response.status, .ok)
    let refused = [
      try rig.ask(form, authorization: [basic]),
      try rig.ask(form, as: "", authorization: [basic, basic]),
      try rig.ask(form, as: "client_id=other&", authorization: [basic]),
      try rig.ask(form, query: "client_secret=s"),
      try rig.ask(form, contentType: "application/json"),
    ]
    for answer in refused {
      XCTAssertEqual(answer.json["error"]?.string, "invalid_request")
    }
    for header in ["Bearer Yzpz", "Basic", "Basic Yz pz", "Basic c:s", "Basic Yw=="] {
      let value = try XCTUnwrap(FieldValue(header))
      let answer = try rig.ask(form, as: "", authorization: [value])
      XCTAssertEqual(answer.json["error"]?.string, "invalid_client", header)
    }
  }

  func testATokenIsForTheResourceThatItsScopesBelongTo() throws {
    let rig = try TokenRig()
    let (response, json) = try rig.ask("\(grant)&resource=https://a.example")
    XCTAssertEqual(response.status, .ok)
    XCTAssertEqual(json["scope"]?.string, "a.read a.write")
    XCTAssertEqual(json["expires_in"]?.integer, 300)
    XCTAssertEqual(json["token_type"]?.string, "Bearer")
    XCTAssertEqual(response.fields[.cacheControl], "no-store")
    XCTAssertEqual(try rig.ask("\(grant)&scope=b.read").json["expires_in"]?.integer, 30)
  }

  func testASlowSignatureOfAnyResourceKeepsRequestsOffTheLoop() throws {
    let quick = try TokenRig()
    _ = try quick.ask("\(grant)&scope=b.read")
    XCTAssertEqual(quick.pools.computed + quick.pools.waited, 0)
    let slow = try TokenRig(secondResource: .rs256)
    XCTAssertEqual(try slow.ask("\(grant)&scope=b.read").response.status, .ok)
    XCTAssertEqual(slow.pools.computed, 1)
    _ = try slow.ask(grant, as: "client_id=nobody&client_secret=s&")
    XCTAssertEqual(slow.pools.waited, 1)
  }
}
