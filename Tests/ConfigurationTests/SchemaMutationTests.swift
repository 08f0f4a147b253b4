import Configuration
import Diagnostics
import JSON
import XCTest

/// Every path that the schema has is spoilt in every way that the schema can tell, and the fault
/// must stand where the spoilt value stands.
///
/// The paths come from the schema itself: a new key is tested the moment it is there.
final class SchemaMutationTests: XCTestCase {
  private enum Step {
    case member(String)
    case element(Int)
  }

  private let complete = Shape.file.example(complete: true)

  func testAnotherTypeIsRefusedWhereItStands() throws {
    try spoil { shape, value in
      if case .bool = shape.kind { return [17] }
      return [true, .null]
    }
  }

  func testOutOfRangeIsRefusedWhereItStands() throws {
    try spoil { shape, _ in
      switch shape.kind {
      case .integer(let range): [.integer(range.upperBound + 1), .integer(range.lowerBound - 1)]
      case .lifetime(let range): [.string("\(range.upperBound.milliseconds + 1)ms"), "1y", "-1s"]
      case .size(let range): [.string("\(range.upperBound + 1)B"), "1MB", "-1B"]
      case .text(let longest): [.string(String(repeating: "x", count: longest + 1))]
      case .choice: ["none-of-these"]
      case .secret: [["env": "UNSET"], ["file": "missing"], ["env": 1]]
      case .list(_, let count): [.array(Array(repeating: .null, count: count.upperBound + 1))]
      case .bool, .map, .section, .free: []
      }
    }
  }

  func testAnUnknownSiblingIsRefusedAtItsKey() throws {
    let deployment = try Deployment()
    var tried = 0
    for (path, shape) in paths(Shape.file, complete, []) where shape.isSection {
      let spoilt = changed(complete, path) { value in
        var object = value.object ?? [:]
        object["zzUnknown"] = 1
        return .object(object)
      }
      let text = Self.text(spoilt)
      let node = try XCTUnwrap(find(path, in: JSON5Document(parsing: Array(text.utf8)).root))
      guard case .object(let members) = node.value else { return XCTFail("not an object") }
      try assertFault(deployment, text, at: members.last?.position, path, "zzUnknown")
      tried += 1
    }
    XCTAssertGreaterThan(tried, 15)
  }

  func testAMissingRequiredKeyIsReportedWhereItsSectionBegins() throws {
    let deployment = try Deployment()
    for (path, shape) in paths(Shape.file, complete, []) {
      guard case .section(let section) = shape.kind else { continue }
      for field in section.fields {
        guard case .required = field.presence else { continue }
        let spoilt = changed(complete, path) { value in
          var object = value.object ?? [:]
          object[field.name] = nil
          return .object(object)
        }
        let text = Self.text(spoilt)
        let node = try XCTUnwrap(find(path, in: JSON5Document(parsing: Array(text.utf8)).root))
        try assertFault(deployment, text, at: node.position, path, "lacks \"\(field.name)\"")
      }
    }
  }

  private func spoil(_ values: (Shape, JSONValue) -> [JSONValue]) throws {
    let deployment = try Deployment()
    var tried = 0
    for (path, shape) in paths(Shape.file, complete, []) {
      for value in values(shape, shape.example) {
        let text = Self.text(changed(complete, path) { _ in value })
        let node = try XCTUnwrap(find(path, in: JSON5Document(parsing: Array(text.utf8)).root))
        try assertFault(deployment, text, at: node.position, path, "")
        tried += 1
      }
    }
    XCTAssertGreaterThan(tried, 60)
  }

  private func assertFault(
    _ deployment: Deployment, _ text: String, at position: SourcePosition?, _ path: [Step],
    _ part: String
  ) throws {
    let faults = try deployment.faults(text)
    let hit = faults.contains {
      $0.position == position && (part.isEmpty || $0.problem.contains(part))
    }
    XCTAssertTrue(hit, "\(path): no fault at \(String(describing: position)) in \(faults)")
  }
}

// MARK: - Trees

extension SchemaMutationTests {
  private func paths(
    _ shape: Shape, _ value: JSONValue, _ path: [Step]
  ) -> [(path: [Step], shape: Shape)] {
    var found = [(path: path, shape: shape)]
    switch shape.kind {
    case .section(let section):
      for field in section.fields {
        guard let member = value.object?[field.name] else {
          XCTFail("the complete example lacks \(field.name)")
          continue
        }
        found += paths(field.shape, member, path + [.member(field.name)])
      }
    case .list(let element, _):
      if let first = value.array?.first { found += paths(element, first, path + [.element(0)]) }
    case .map(let element):
      if let first = value.object?.members.first {
        found += paths(element, first.value, path + [.member(first.name)])
      }
    default: break
    }
    return found
  }

  private func changed(
    _ value: JSONValue, _ path: [Step], _ change: (JSONValue) -> JSONValue
  ) -> JSONValue {
    guard let step = path.first else { return change(value) }
    let rest = Array(path.dropFirst())
    switch step {
    case .member(let name):
      var object = value.object ?? [:]
      object[name] = changed(object[name] ?? .null, rest, change)
      return .object(object)
    case .element(let index):
      var array = value.array ?? []
      array[index] = changed(array[index], rest, change)
      return .array(array)
    }
  }

  private func find(_ path: [Step], in node: JSON5Node) -> JSON5Node? {
    guard let step = path.first else { return node }
    let rest = Array(path.dropFirst())
    switch (step, node.value) {
    case (.member(let name), .object(let members)):
      return members.first { $0.name == name }.flatMap { find(rest, in: $0.node) }
    case (.element(let index), .array(let elements)): return find(rest, in: elements[index])
    default: return nil
    }
  }

  /// A line for each member, so that lines are tested as much as columns.
  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .object(let object):
      "{\n" + object.members.map { "\"\($0.name)\": \(text($0.value)),\n" }.joined() + "}"
    case .array(let elements): "[" + elements.map { text($0) + ", " }.joined() + "]"
    default: String(decoding: value.serialized(), as: UTF8.self)
    }
  }
}
