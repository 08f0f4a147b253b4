import Configuration
import JOSE
import XCTest

/// The keys of resources: what is taken, and what is said of the rest.
final class ResourceEncryptionTests: XCTestCase {
  /// A file whose one resource has that encryption, routed by a proxy or not.
  private func text(_ encryption: String, isRouted: Bool = true) -> String {
    let route = """
      routes: [{ path: "/a/", upstream: "a", audience: "https://a.example", scopes: ["a"] }]
      """
    return """
      {
        listeners: [{ address: "127.0.0.1:0", serves: ["proxy"] }],
        resources: [{ id: "a", audience: "https://a.example", scopes: { a: "A" },
          encryption: \(encryption) }],
        proxy: { upstreams: { a: { address: "http://127.0.0.1:9000" } },
          \(isRouted ? route : "routes: []") },
      }
      """
  }

  private func deployment() throws -> Deployment {
    let deployment = try Deployment()
    try deployment.write(EncryptionKeys.privatePEM, to: "a.pem")
    try deployment.write(EncryptionKeys.publicPEM, to: "a.pub.pem")
    try deployment.write(EncryptionKeys.rsaPublicPEM, to: "rsa.pub.pem")
    try deployment.write(EncryptionKeys.privateJWK, to: "a.jwk")
    try deployment.write(String(repeating: "5a", count: 32), to: "shared.key")
    try deployment.write(#"{"kty":"oct","k":"AAECAwQFBgcICQoLDA0ODw","kid":"s"}"#, to: "short.jwk")
    return deployment
  }

  func testEveryKindOfKeyIsTaken() throws {
    let deployment = try deployment()
    let good: [(String, keys: Int)] = [
      (#"{ algorithm: "ECDH-ES", keys: [{ private: { file: "a.pem" } }] }"#, 1),
      (
        #"{ algorithm: "ECDH-ES+A256KW", keys: [{ private: { file: "a.jwk" }, id: "x" },"#
          + #" { public: { file: "a.pub.pem" } }] }"#, 1
      ),
      (#"{ algorithm: "dir", keys: [{ secret: { file: "shared.key" }, id: "s" }] }"#, 1),
      (#"{ algorithm: "A128KW", keys: [{ secret: { file: "short.jwk" } }] }"#, 1),
    ]
    for (encryption, count) in good {
      let options = try deployment.load(text(encryption))
      XCTAssertEqual(options.resources[0].encryption?.decrypters.count, count, encryption)
    }
    let key = #"{ algorithm: "RSA-OAEP-256", keys: [{ public: { file: "rsa.pub.pem" } }] }"#
    let options = try deployment.load(text(key, isRouted: false))
    XCTAssertEqual(options.resources[0].encryption?.opensHere, false)
    XCTAssertEqual(options.resources[0].encryption?.encrypter.keyManagement, .rsaOAEP256)
  }

  func testWhatDoesNotFitIsRefusedAtItsPlace() throws {
    let deployment = try deployment()
    let wrong = [
      (#"{ algorithm: "RSA-OAEP-256", keys: [{ private: { file: "a.pem" } }] }"#, "is no key for"),
      (#"{ algorithm: "A256KW", keys: [{ secret: { file: "short.jwk" } }] }"#, "is no key for"),
      (
        #"{ algorithm: "dir", content: "A128GCM", keys: [{ secret: { file: "shared.key" } }] }"#,
        "is no key for"
      ),
      (#"{ algorithm: "RSA1_5", keys: [{ private: { file: "a.pem" } }] }"#, "RSA1_5"),
      (#"{ algorithm: "ECDH-ES", keys: [] }"#, "is an array of 0"),
      (#"{ algorithm: "ECDH-ES", keys: [{}] }"#, "is not exactly one"),
      (
        #"{ algorithm: "ECDH-ES", keys: [{ private: { file: "a.pem" }, public: { file: "a.pub.pem" } }] }"#,
        "is not exactly one"
      ),
      (#"{ algorithm: "ECDH-ES", keys: [{ public: { file: "a.pem" } }] }"#, "is no usable key"),
      (#"{ algorithm: "ECDH-ES", keys: [{ public: { file: "a.jwk" } }] }"#, "is no such key"),
      (#"{ algorithm: "ECDH-ES", keys: [{ private: { file: "a.pub.pem" } }] }"#, "no usable key"),
      (#"{ algorithm: "dir", keys: [{ secret: "literal" }] }"#, "is a literal secret"),
      (
        #"{ algorithm: "ECDH-ES", keys: [{ public: { file: "a.pub.pem" } }] }"#,
        "encrypted to a key that only it has"
      ),
    ]
    for (encryption, problem) in wrong {
      let faults = try deployment.faults(text(encryption)).map(\.description)
      XCTAssertTrue(faults.contains { $0.contains(problem) }, "\(encryption): \(faults)")
      XCTAssertFalse(
        faults.contains { $0.contains("BEGIN") || $0.contains("payroll-1") }, "\(faults)")
    }
  }
}
