import Diagnostics
import Foundation
import HTTP
import ReverseProxy
import XCTest

/// What an upstream gets is what was judged, and nobody outside can speak in our name.
final class UpstreamRequestTests: XCTestCase {
  func testHeadIsRewritten() throws {
    let text = try forwarded(
      "POST /a/../api/%61?q=%2e",
      ["Content-Length: 3", "X-Public:  kept ", "Accept: a", "Accept: b"])
    XCTAssertEqual(
      text,
      """
      POST /api/a?q=%2e HTTP/1.1
      host: up.example
      X-Public: kept
      Accept: a
      Accept: b
      x-forwarded-for: 192.0.2.7
      x-forwarded-proto: http
      x-forwarded-host: a.example
      via: 1.1 sallyport
      x-request-id: 00000000000000010000000000000002
      content-length: 3


      """.replacingOccurrences(of: "\n", with: "\r\n"))
  }

  func testFieldsOfTheHopEndHere() throws {
    let text = try forwarded(
      "POST /",
      [
        "Connection: X-Private, x-other", "Connection: ,keep-alive,", "X-Private: evil",
        "X-OTHER: evil", "Keep-Alive: evil", "TE: evil", "Trailer: evil", "Upgrade: evil",
        "Proxy-Authorization: evil", "Proxy-Connection: evil", "Proxy-Authenticate: evil",
        "Expect: 100-continue", "Transfer-Encoding: chunked",
      ])
    XCTAssertFalse(text.contains("evil"), text)
    XCTAssertFalse(text.lowercased().contains("connection"), text)
    XCTAssertFalse(text.lowercased().contains("expect"), text)
    XCTAssertEqual(text.components(separatedBy: "transfer-encoding: chunked").count, 2, text)
  }

  func testNoSpellingOfOurFieldsComesThrough() throws {
    let names = [
      "X-Sallyport-Subject", "x-sallyport-client", "X-SALLYPORT-SCOPES", "X-Sallyport-Issuer",
      "X-Sallyport-Later", "X-Sallyport", "X-Forwarded-For", "X-Forwarded-Proto",
      "X-Forwarded-Host",
      "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Forwarded-User", "Forwarded", "X-Real-IP",
      "X-Request-Id", "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "X-HTTP-Method",
      "X-Method-Override", "X-Client-IP", "True-Client-IP", "Client-IP", "CF-Connecting-IP",
      "Proxy",
      "X-Host",
    ]
    for name in names {
      let underscored = name.replacingOccurrences(of: "-", with: "_")
      let mixed = name.replacingOccurrences(
        of: "-", with: "_", options: [], range: name.range(of: "-"))
      let signs = [".", "~", "!"].map { name.replacingOccurrences(of: "-", with: $0) }
      for spelling in [name, name.uppercased(), name.lowercased(), underscored, mixed] + signs {
        for access in [Route.Access.anonymous, try policy()] {
          let text = try forwarded("GET /", ["\(spelling): evil", "Keep: this"], access: access)
          XCTAssertFalse(text.contains("evil"), "\(spelling): \(text)")
          XCTAssertTrue(text.contains("Keep: this"))
        }
      }
    }
  }

  func testUnderscoresMakeNoSecondSpellingOfWhatIsActedOn() throws {
    for name in [
      "Content_Length", "Transfer_Encoding", "Content_Type", "Keep_Alive", "Proxy_Authorization",
      "Set_Cookie", "X_Request_Id", "WWW_Authenticate",
    ] {
      XCTAssertFalse(try forwarded("GET /", ["\(name): evil"]).contains("evil"), name)
    }
    XCTAssertTrue(try forwarded("GET /", ["My_Field: kept"]).contains("My_Field: kept"))
  }

  func testConnectionOptionCannotTakeOurFieldsAway() throws {
    let text = try forwarded(
      "GET /",
      [
        "Connection: close, X-Forwarded-For, X-Sallyport-Subject, X-Request-Id, Host, Via",
        "Via: 1.0 before",
      ],
      access: policy())
    for name in ["x-forwarded-for", "x-sallyport-subject", "x-request-id", "host", "via"] {
      XCTAssertTrue(text.contains("\r\n\(name): "), "\(name): \(text)")
    }
    XCTAssertFalse(text.contains("before"))
  }

  func testCredentialsStayHereUnlessTheRoutePassesThem() throws {
    let field = "Authorization: Bearer secret"
    XCTAssertFalse(try forwarded("GET /", [field]).contains("secret"))
    XCTAssertFalse(try forwarded("GET /", [field], access: policy()).contains("secret"))
    let open = try route(passesAuthorization: true)
    XCTAssertTrue(try forwarded("GET /", [field], on: open).contains(field))
  }

  func testOurCookiesStayHere() throws {
    let cases: [(cookie: String, kept: String?)] = [
      ("a=b; c=d", "a=b; c=d"),
      ("__Host-sallyport=x", nil),
      ("__Host-sallyport-session=x; __HOST-SALLYPORT_y=z; sallyport=1", nil),
      ("a=b;__Host-sallyport=x;c=d", "a=b; c=d"),
      ("__host-sallyport=x; a=b", "a=b"),
      ("a=b;  __Secure-Sallyport = x ;c=d", "a=b; c=d"),
      ("a=\"x; __Host-sallyport=y\"", "a=\"x"),
      ("a=b; =__Host-sallyport=x", "a=b"),
      ("not-sallyport=x", "not-sallyport=x"),
      ("a=__Host-sallyport", "a=__Host-sallyport"),
    ]
    for (cookie, kept) in cases {
      let text = try forwarded("GET /", ["Cookie: \(cookie)"])
      let line = text.components(separatedBy: "\r\n").first { $0.lowercased().hasPrefix("cookie:") }
      XCTAssertEqual(line.map { String($0.dropFirst(8)) }, kept, cookie)
    }
  }

  func testTrustedHopIsBelievedAndNobodyElse() throws {
    let fields = [
      "X-Forwarded-For: 198.51.100.1", "X-Forwarded-For: 198.51.100.2", "X-Forwarded-Proto: HTTPS",
      "X-Forwarded-Host: public.example", "Forwarded: for=198.51.100.3",
    ]
    let trusted = try forwarded("GET /", fields, isTrustedHop: true)
    XCTAssertTrue(
      trusted.contains("\r\nx-forwarded-for: 198.51.100.1, 198.51.100.2, 192.0.2.7\r\n"), trusted)
    XCTAssertTrue(trusted.contains("\r\nx-forwarded-proto: https\r\n"), trusted)
    XCTAssertTrue(trusted.contains("\r\nx-forwarded-host: public.example\r\n"), trusted)
    XCTAssertFalse(trusted.contains("198.51.100.3"), trusted)
    let stranger = try forwarded("GET /", fields)
    XCTAssertFalse(stranger.contains("198.51.100"), stranger)
    XCTAssertFalse(stranger.contains("public.example"), stranger)
    let odd = try forwarded("GET /", ["X-Forwarded-Proto: gopher"], isTrustedHop: true)
    XCTAssertTrue(odd.contains("\r\nx-forwarded-proto: http\r\n"), odd)
  }

  func testIdentityIsSaidSafely() throws {
    let token = try TokenMint().verified(
      #""aud":"api","sub":"é%41 \"a\" z","client_id":"c 1","scope":"api.read x:y""#)
    let text = try forwarded(
      "GET /", [], authorized: AuthorizedRequest(token, on: route(access: policy())))
    XCTAssertTrue(
      text.contains(
        "\r\nx-sallyport-subject: %C3%A9%2541%20\"a\"%20z\r\nx-sallyport-client: c%201\r\n"
          + "x-sallyport-issuer: https://issuer.example\r\n"
          + "x-sallyport-scopes: [\"api.read\",\"x:y\"]\r\n"), text)
  }

  func testAnonymousRouteSaysNobody() throws {
    XCTAssertFalse(try forwarded("GET /", []).contains("x-sallyport"))
  }

  func testHostIsTheUpstreamsOrTheClients() throws {
    let kept = try route(upstreamHost: nil)
    XCTAssertTrue(try forwarded("GET /", [], on: kept).contains("\r\nhost: a.example\r\n"))
    XCTAssertTrue(try forwarded("GET /", []).contains("\r\nhost: up.example\r\n"))
  }

  func testRequestThatMayBeSentAgainIsIdempotent() throws {
    for (method, may) in [
      ("GET", true), ("PUT", true), ("POST", false), ("PATCH", false), ("X", false),
    ] {
      let bytes = request("\(method) /")
      let head = try parsed(bytes).head
      let authorized = try XCTUnwrap(AuthorizedRequest(anonymous: route()))
      let upstream = UpstreamRequest(authorized, head, from: origin(), in: bytes.span)
      XCTAssertEqual(upstream.isIdempotent, may, method)
    }
  }

  // MARK: - Support

  private func origin(isTrustedHop: Bool = false) -> RequestOrigin {
    RequestOrigin(
      id: RequestID(high: 1, low: 2), peer: PeerAddress(host: .ipv4(0xc000_0207), port: 9),
      isSecure: false, isTrustedHop: isTrustedHop)
  }

  private func forwarded(
    _ line: String, _ fields: [String], access: Route.Access = .anonymous,
    isTrustedHop: Bool = false
  ) throws -> String {
    try forwarded(line, fields, on: route(access: access), isTrustedHop: isTrustedHop)
  }

  private func forwarded(
    _ line: String, _ fields: [String], on route: Route, isTrustedHop: Bool = false
  ) throws -> String {
    let authorized: AuthorizedRequest
    if case .token = route.access {
      let token = try TokenMint().verified(
        #""aud":"api","sub":"s","client_id":"c","scope":"api.read""#)
      authorized = try AuthorizedRequest(token, on: route)
    } else {
      authorized = try XCTUnwrap(AuthorizedRequest(anonymous: route))
    }
    return try forwarded(line, fields, authorized: authorized, isTrustedHop: isTrustedHop)
  }

  private func forwarded(
    _ line: String, _ fields: [String], authorized: AuthorizedRequest, isTrustedHop: Bool = false
  ) throws -> String {
    let bytes = request(line, fields)
    let head = try parsed(bytes).head
    let upstream = UpstreamRequest(
      authorized, head, from: origin(isTrustedHop: isTrustedHop), in: bytes.span)
    // The next hop's parser must find no fault with it.
    var again = RequestHeadParser()
    XCTAssertTrue(try again.parse(upstream.head.span))
    XCTAssertEqual(again.head.framing, upstream.framing)
    return String(decoding: upstream.head, as: UTF8.self)
  }
}
