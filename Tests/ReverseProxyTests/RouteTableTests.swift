import HTTP
import ReverseProxy
import XCTest

/// Only what a route names is found, and the narrowest route decides alone.
final class RouteTableTests: XCTestCase {
  func testWhatNoRouteNamesIsNotFound() throws {
    let table = try RouteTable([
      route("api", path: "/api/"), route("host", host: "b.example", path: "/only"),
    ])
    for line in ["GET /", "GET /apix", "GET /ap", "GET /API", "GET /x/api", "GET /only"] {
      XCTAssertEqual(try match(table, line), "404", line)
    }
    XCTAssertEqual(try match(table, "OPTIONS *"), "404")
    XCTAssertEqual(try match(table, "GET /onlyx", host: "b.example"), "404")
    XCTAssertEqual(try match(RouteTable([]), "GET /"), "404")
  }

  func testPrefixIsOfWholeSegments() throws {
    let table = try RouteTable([route("api", path: "/api/"), route("v", path: "/v1/x")])
    for line in [
      "GET /api", "GET /api/", "GET /api/x/y?z", "GET /x/../api", "GET //api", "GET /%61pi",
    ] {
      XCTAssertEqual(try match(table, line), "api", line)
    }
    XCTAssertEqual(try match(table, "GET /v1/x/"), "v")
    XCTAssertEqual(try match(table, "GET /v1/xy"), "404")
    XCTAssertEqual(try match(table, "GET /v1"), "404")
  }

  func testNarrowestRouteDecidesAlone() throws {
    let table = try RouteTable([
      route("all", path: "/"),
      route("api", path: "/api", methods: [.get]),
      route("host", host: "B.example", path: "/"),
      route("host-api", host: "b.example", path: "/api/admin", methods: [.post]),
    ])
    XCTAssertEqual(try match(table, "GET /x"), "all")
    XCTAssertEqual(try match(table, "GET /api/x"), "api")
    XCTAssertEqual(try match(table, "POST /api/x"), "405 GET")
    XCTAssertEqual(try match(table, "GET /api/x", host: "b.example"), "host")
    XCTAssertEqual(try match(table, "POST /api/admin", host: "B.EXAMPLE:8080"), "host-api")
    XCTAssertEqual(try match(table, "GET /api/admin/x", host: "b.example"), "405 POST")
    XCTAssertEqual(try match(table, "GET /", host: "b.example.evil"), "all")
    // The dot of an absolute name leads no request past the route of its host.
    XCTAssertEqual(try match(table, "GET /x", host: "b.example."), "host")
    XCTAssertEqual(try match(table, "POST /api/admin", host: "B.example.:80"), "host-api")
  }

  func testPathParametersDoNotLeadToAnotherRoute() throws {
    let table = try RouteTable([
      route("open", path: "/"), route("admin", path: "/admin"), route("deep", path: "/a/b"),
    ])
    for line in [
      "GET /admin;x", "GET /admin;x/y", "GET /;x/admin", "GET /x;/../;y/admin", "GET /a;x/b",
      "GET /a/b;c", "GET /a/;x/b/c",
    ] {
      XCTAssertEqual(try match(table, line), "404", line)
    }
    XCTAssertEqual(try match(table, "GET /admin/x;y=1"), "admin")
    XCTAssertEqual(try match(table, "GET /x;admin"), "open")
    XCTAssertEqual(try match(table, "GET /admin/?a;b"), "admin")
  }

  func testMethodsOfOnePlaceAreSeparateRoutes() throws {
    let table = try RouteTable([
      route("read", path: "/api", methods: [.get, .head]),
      route("write", path: "/api/", methods: [.post, Method(rawValue: "PURGE")].compactMap { $0 }),
    ])
    XCTAssertEqual(try match(table, "HEAD /api"), "read")
    XCTAssertEqual(try match(table, "POST /api"), "write")
    XCTAssertEqual(try match(table, "PURGE /api"), "write")
    XCTAssertEqual(try match(table, "PURG /api"), "405 GET, HEAD, POST, PURGE")
    XCTAssertEqual(try match(table, "get /api"), "405 GET, HEAD, POST, PURGE")
  }

  func testRouteWithoutMethodsTakesAllButTrace() throws {
    let table = try RouteTable([route("all")])
    for method in ["GET", "DELETE", "PATCH", "PURGE", "OPTIONS"] {
      XCTAssertEqual(try match(table, "\(method) /"), "all", method)
    }
    XCTAssertEqual(try match(table, "TRACE /"), "405 ")
  }

  func testRoutesThatCannotBeToldApartAreRefused() throws {
    let pairs: [[Route]] = [
      [try route("a", path: "/x"), try route("b", path: "/x/")],
      [try route("a", methods: [.get]), try route("b")],
      [try route("a", methods: [.get, .put]), try route("b", methods: [.post, .put])],
      [try route("a", host: "h"), try route("b", host: "H")],
    ]
    for pair in pairs {
      XCTAssertThrowsError(try RouteTable(pair)) { error in
        guard case .ambiguous(route: "b", other: "a", _)? = error as? RouteFault else {
          return XCTFail("\(error)")
        }
      }
    }
  }

  func testRoutesThatNoRequestCouldMatchAreRefused() {
    for path in ["", "x", "/a?b", "/a#b", "/a b", "/a/../..", "/%", "/a%2fb", "/é"] {
      XCTAssertThrowsError(try route(path: path), path) { error in
        guard case .unusablePath? = error as? RouteFault else { return XCTFail("\(error)") }
      }
    }
    for path in ["//", "/a/./b", "/a//b", "/%61", "/a/.."] {
      XCTAssertThrowsError(try route(path: path), path) { error in
        guard case .pathNotCanonical? = error as? RouteFault else { return XCTFail("\(error)") }
      }
    }
    for host in ["", "a:80", "a b", "*.a", "http://a", "[", "[::1]:80", "a/b", "é"] {
      XCTAssertThrowsError(try route(host: host), host) { error in
        XCTAssertEqual(error as? RouteFault, .invalidHost(route: "r", host: host))
      }
    }
    XCTAssertThrowsError(try route(methods: [.trace])) { error in
      XCTAssertEqual(error as? RouteFault, .methodNotForwarded(route: "r", .trace))
    }
  }

  private func match(
    _ table: RouteTable, _ line: String, host: String = "a.example"
  ) throws -> String {
    let bytes = request(line, host: host)
    switch table.match(try parsed(bytes).head, in: bytes.span) {
    case .route(let route): return route.name
    case .notFound: return "404"
    case .methodNotAllowed(let allow): return "405 \(allow)"
    }
  }
}
