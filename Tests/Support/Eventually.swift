import Foundation

/// Waits until a condition holds, at most so many seconds, and fails with what was waited for.
///
/// Looks every few milliseconds: a condition in another process announces itself no other way.
package func eventually(
  upTo seconds: Double = 10, until what: @autoclosure () -> String,
  _ condition: () throws -> Bool
) throws {
  let deadline = Date().addingTimeInterval(seconds)
  while try !condition() {
    guard Date() < deadline else { throw Problem("after \(seconds) s still not: \(what())") }
    poll(nil, 0, 5)
  }
}
