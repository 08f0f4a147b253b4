import Foundation
import Harness
import XCTest

/// Asserts an error object of RFC 6749, section 5.2, that nobody may cache.
func assertOAuthError(
  _ answer: HTTPAnswer, _ status: Int, _ code: String, file: StaticString = #filePath,
  line: UInt = #line
) {
  XCTAssertEqual(answer.status, status, answer.text, file: file, line: line)
  XCTAssertEqual(try? answer.string("error"), code, answer.text, file: file, line: line)
  XCTAssertEqual(
    answer["Content-Type"]?.hasPrefix("application/json"), true, file: file, line: line)
  XCTAssertEqual(answer["Cache-Control"], "no-store", file: file, line: line)
  XCTAssertNotNil(answer["X-Request-Id"], file: file, line: line)
}

/// Asserts that the proxy refused as RFC 6750, section 3, asks.
func assertChallenge(
  _ answer: HTTPAnswer, _ status: Int, error: String?, _ message: String = "",
  file: StaticString = #filePath, line: UInt = #line
) {
  XCTAssertEqual(answer.status, status, "\(message): \(answer.text)", file: file, line: line)
  let challenge = answer["WWW-Authenticate"] ?? ""
  XCTAssertTrue(challenge.hasPrefix("Bearer"), "\(message): \(challenge)", file: file, line: line)
  if let error {
    XCTAssertTrue(
      challenge.contains("error=\"\(error)\""), "\(message): \(challenge)", file: file, line: line)
  } else {
    XCTAssertFalse(challenge.contains("error="), "\(message): \(challenge)", file: file, line: line)
  }
}

/// The value of `Authorization` for `client_secret_basic`.
func basic(_ client: String, _ secret: String = DeploymentConfig.secret) -> (String, String) {
  ("Authorization", "Basic " + Data("\(client):\(secret)".utf8).base64EncodedString())
}

/// The bytes of base64url text without padding.
func base64url(_ text: some StringProtocol) -> Data {
  let standard = text.replacingOccurrences(of: "-", with: "+")
    .replacingOccurrences(of: "_", with: "/")
  let padding = String(repeating: "=", count: (4 - standard.count % 4) % 4)
  return Data(base64Encoded: standard + padding) ?? Data()
}
