import Foundation

/// A response as it came over the wire.
package struct HTTPAnswer: Sendable {
  package let status: Int
  /// Name as sent, value trimmed, in order.
  package let fields: [(name: String, value: String)]
  package let body: [UInt8]

  package init(status: Int, fields: [(name: String, value: String)], body: [UInt8]) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  package var text: String { String(decoding: body, as: UTF8.self) }

  /// The first field of that name.
  package subscript(name: String) -> String? {
    fields.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// The body as a JSON object.
  package var json: [String: Any] {
    get throws {
      guard let object = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] else {
        throw Problem("no JSON object: \(text)")
      }
      return object
    }
  }

  /// A text member of the JSON object.
  package func string(_ member: String) throws -> String {
    guard let value = try json[member] as? String else {
      throw Problem("no text member \(member): \(status) \(text)")
    }
    return value
  }
}

extension Connection {
  /// Reads one response; to HEAD none brings a body.
  package func receiveAnswer(toHead: Bool = false) throws -> HTTPAnswer {
    let head = String(decoding: try receive(through: "\r\n\r\n"), as: UTF8.self)
    var lines = head.components(separatedBy: "\r\n").filter { !$0.isEmpty }
    let words = lines.removeFirst().split(separator: " ")
    guard words.count >= 2, let status = Int(words[1]) else { throw Problem("no status: \(head)") }
    let fields = lines.map { line -> (name: String, value: String) in
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count > 1 ? String(parts[1]) : ""
      return (String(parts[0]), value.trimmingCharacters(in: .whitespaces))
    }
    if (100..<200).contains(status) && status != 101 { return try receiveAnswer(toHead: toHead) }
    let value = { (name: String) in fields.first { $0.name.lowercased() == name }?.value }
    let body: [UInt8]
    if toHead || status == 204 || status == 304 || status == 101 {
      body = []
    } else if value("transfer-encoding")?.lowercased() == "chunked" {
      body = try receiveChunkedBody()
    } else if let length = value("content-length").flatMap(Int.init) {
      body = try receive(count: length)
    } else {
      body = try receiveAll()
    }
    return HTTPAnswer(status: status, fields: fields, body: body)
  }

  /// A body in chunks, without its framing and trailers.
  package func receiveChunkedBody() throws -> [UInt8] {
    var body: [UInt8] = []
    while true {
      let line = String(decoding: try receive(through: "\r\n"), as: UTF8.self)
      let digits = line.trimmingCharacters(in: .newlines).split(separator: ";")[0]
      guard let size = Int(digits, radix: 16) else { throw Problem("chunk size \(line)") }
      if size == 0 {
        while try receive(through: "\r\n") != Array("\r\n".utf8) {}
        return body
      }
      body += try receive(count: size)
      _ = try receive(count: 2)
    }
  }
}
