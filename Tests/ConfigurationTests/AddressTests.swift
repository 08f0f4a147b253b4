import Configuration
import XCTest

/// Addresses of all kinds, refused ones first.
final class AddressTests: XCTestCase {
  func testListenersAreIPAddressesWithAPort() throws {
    let deployment = try Deployment()
    for text in [
      "", "127.0.0.1", "127.0.0.1:", ":80", "127.0.0.1:65536", "127.0.0.1:080", "127.0.0.1:-1",
      "127.0.0.1:80:80", "::1:80", "[127.0.0.1]:80", "[::1]", "[::1]:x", "256.0.0.1:80",
      "127.1:80", "http://127.0.0.1:80", "*:80",
    ] {
      let faults = try deployment.faults(config(listener: #"address: "\#(text)""#))
      XCTAssertEqual(faults.count, 1, text)
    }
    let cases: [(String, host: String, port: UInt16, isLoopback: Bool)] = [
      ("127.0.0.1:0", "127.0.0.1", 0, true), ("127.8.9.1:80", "127.8.9.1", 80, true),
      ("[::1]:65535", "::1", 65_535, true), ("0.0.0.0:443", "0.0.0.0", 443, false),
      ("[::]:443", "::", 443, false), ("[fe80::1]:1", "fe80::1", 1, false),
    ]
    for (text, host, port, isLoopback) in cases {
      let options = try deployment.load(config(listener: #"address: "\#(text)""#))
      let address = options.listeners[0].address
      XCTAssertEqual(address.host, host)
      XCTAssertEqual(address.port, port)
      XCTAssertEqual(address.isLoopback, isLoopback, text)
    }
  }

  func testTrustedHopsAreAddressesOrBlocks() throws {
    let deployment = try Deployment()
    for text in ["", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8/8", "10.0.0/8", "::/129", "x"] {
      let listener = #"address: "127.0.0.1:0", trustedHops: ["\#(text)"]"#
      XCTAssertEqual(try deployment.faults(config(listener: listener)).count, 1, text)
    }
    let hops = try deployment.load(
      config(listener: #"address: "127.0.0.1:0", trustedHops: ["10.0.0.0/8", "::1", "0.0.0.0/0"]"#)
    ).listeners[0].trustedHops
    XCTAssertEqual(hops.map(\.prefix), [8, 128, 0])
    XCTAssertEqual(hops[0].address, [10, 0, 0, 0])
    XCTAssertEqual(hops[1].address, [UInt8](repeating: 0, count: 15) + [1])
  }

  func testUpstreamsAreAnOriginAndNothingMore() throws {
    let deployment = try Deployment()
    for text in [
      "127.0.0.1:9000", "ftp://a", "http://", "http://a:0", "http://a:x", "http://a/b",
      "http://a?b", "http://u@a", "http://a b", "http://[::1", "https://:443", "http://[a]:1",
    ] {
      XCTAssertEqual(try deployment.faults(config(upstream: text)).count, 1, text)
    }
    let cases: [(String, isSecure: Bool, host: String, port: UInt16)] = [
      ("http://127.0.0.1:9000", false, "127.0.0.1", 9000),
      ("http://app_1.example", false, "app_1.example", 80),
      ("https://app.example/", true, "app.example", 443), ("https://[::1]:8443", true, "::1", 8443),
      ("http://[::1]", false, "::1", 80),
    ]
    for (text, isSecure, host, port) in cases {
      let options = try deployment.load(config(upstream: text))
      guard case .server(let address)? = options.proxy.upstreams["app"]?.target else {
        XCTFail(text)
        continue
      }
      XCTAssertEqual(address.isSecure, isSecure, text)
      XCTAssertEqual(address.host, host, text)
      XCTAssertEqual(address.port, port, text)
    }
  }

  func testPlainIssuersAreLoopbackOnly() throws {
    let deployment = try Deployment()
    for host in ["localhost", "localhost:80", "127.0.0.1:80", "[::1]:80", "[::1]"] {
      let text = proxyConfig(more: #"issuer: "http://\#(host)""#)
      XCTAssertEqual(try deployment.faults(text).map(\.description), [], host)
    }
    for host in ["localhost.example", "127.0.0.1.example", "10.0.0.1", "[::2]:80"] {
      let text = proxyConfig(more: #"issuer: "http://\#(host)""#)
      XCTAssertEqual(try deployment.faults(text).count, 1, host)
    }
  }

  private func config(listener: String) -> String {
    #"{ listeners: [{ \#(listener), serves: ["proxy"] }] }"#
  }

  private func config(upstream: String) -> String {
    #"""
    { listeners: [{ address: "127.0.0.1:0", serves: ["proxy"] }],
      proxy: { upstreams: { app: { address: "\#(upstream)" } } } }
    """#
  }
}
