import Foundation
import Harness
import XCTest

/// Two processes on one store: what one signs, the other takes, whoever made the key.
final class KeySharingTests: XCTestCase {
  func testATokenOfABrandNewKeyOfOneProcessIsTakenByTheOther() throws {
    let one = try Deployment()
    let other = try Deployment(sharing(one), start: false)
    try other.folder.write(
      "master.key", [UInt8](Data(contentsOf: URL(fileURLWithPath: one.folder.path("master.key")))))
    try other.start()
    XCTAssertEqual(try one.stop(), 0)
    // A key of an algorithm that nobody has had before signs from its first moment.
    for algorithm in ["ES384", "PS256"] {
      let keys = #"{ algorithm: "ES256" }, { algorithm: "RS256" }, { algorithm: "\#(algorithm)" }"#
      try one.write(
        DeploymentConfig.standard
          .with("keys", #"{ master: [{ file: "master.key" }], signing: [\#(keys)] }"#)
          .with("tokens", #"{ algorithm: "\#(algorithm)" }"#))
      try one.start()
      let token = try one.token()
      // The ring is read for an unknown key four times a second at most, and the last round did.
      try eventually(upTo: 2, until: "\(algorithm) is taken") {
        try other.caller().get("/api/x", token: token).status == 200
      }
      XCTAssertEqual(try one.stop(), 0)
    }
  }

  func testAnUnknownKeyIdIsRefusedAndReadOnce() throws {
    let deployment = try Deployment()
    let forged = try Deployment().token()
    for _ in 0..<20 {
      assertChallenge(
        try deployment.caller().get("/api/x", token: forged), 401, error: "invalid_token")
    }
    let reasons = deployment.log.components(separatedBy: "token.key_unknown").count - 1
    XCTAssertEqual(reasons, 20)
  }

  /// The standard deployment on the store of another.
  private func sharing(_ other: Deployment) -> DeploymentConfig {
    let database = other.folder.path("state/sallyport.db")
    return .standard.with(
      "plugins",
      DeploymentConfig.plugins(
        storage: #"{ load: "storage-sqlite", config: { path: "\#(database)" } }"#))
  }
}
