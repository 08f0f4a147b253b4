import Cryptography
import JOSE
import JSON
import XCTest

/// A compact text put together by hand, so that a test can make what no signer makes.
enum Compact {
  /// Signs a header and a payload given as text, whatever they say.
  static func token(
    _ header: String, _ payload: String = "{}", _ key: PrivateKey, _ scheme: SignatureScheme
  ) throws -> [UInt8] {
    let input =
      Base64.url.encode(Array(header.utf8)) + "."
      + Base64.url.encode(Array(payload.utf8))
    let signature = try Signer(key, scheme).sign(Array(input.utf8))
    return Array((input + "." + Base64.url.encode(signature)).utf8)
  }
}

/// An object from JSON text.
func object(_ text: String) throws -> JSONObject {
  try XCTUnwrap(try JSONValue(parsing: Array(text.utf8)).object)
}

/// Asserts that an expression throws exactly an error of JOSE.
func assertRefused<Value>(
  _ expected: JOSEError, file: StaticString = #filePath, line: UInt = #line,
  _ body: () throws -> Value
) {
  XCTAssertThrowsError(try body(), file: file, line: line) {
    XCTAssertEqual($0 as? JOSEError, expected, file: file, line: line)
  }
}
