import Diagnostics
import Foundation
import JSON

/// One test of a set, with the group that it belongs to.
struct VectorCase {
  let group: JSONObject
  let test: JSONObject

  /// What Wycheproof says of a test.
  enum Result: String {
    case valid
    case invalid
    case acceptable
  }

  /// A test that does not look as it should.
  struct Malformed: Error {
    let member: String
  }

  /// The tests of a file.
  static func all(in data: Data) throws -> [VectorCase] {
    let limits = JSONLimits(bytes: 1 << 26, depth: 32, members: 1 << 24)
    let document = try JSONValue(parsing: [UInt8](data), limits: limits)
    guard let groups = document.object?["testGroups"]?.array else {
      throw Malformed(member: "testGroups")
    }
    return try groups.flatMap { group -> [VectorCase] in
      guard let group = group.object, let tests = group["tests"]?.array else {
        throw Malformed(member: "tests")
      }
      return try tests.map { test in
        guard let test = test.object else { throw Malformed(member: "tests") }
        return VectorCase(group: group, test: test)
      }
    }
  }

  var id: Int64 { test["tcId"]?.integer ?? 0 }
  var comment: String { test["comment"]?.string ?? "" }
  var flags: [String] { test["flags"]?.array?.compactMap(\.string) ?? [] }
  var result: Result? { test["result"]?.string.flatMap(Result.init(rawValue:)) }

  /// The key of a group, private if it has one.
  var key: JSONObject? { group["private"]?.object }

  /// A hexadecimal member of the test, or else of the group.
  func bytes(_ name: String) throws -> [UInt8] {
    guard let text = (test[name] ?? group[name])?.string, text.utf8.count % 2 == 0 else {
      throw Malformed(member: name)
    }
    let digits = try text.map { digit in
      guard let value = digit.hexDigitValue else { throw Malformed(member: name) }
      return UInt8(value)
    }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  func secret(_ name: String) throws -> Secret<[UInt8]> { Secret(try bytes(name)) }

  func object(_ name: String) throws -> JSONObject {
    guard let object = (test[name] ?? group[name])?.object else { throw Malformed(member: name) }
    return object
  }

  func number(_ name: String) throws -> Int {
    guard let number = (test[name] ?? group[name])?.integer else { throw Malformed(member: name) }
    return Int(number)
  }
}
