import Foundation
import Synchronization

/// An HTTP/1.1 upstream that remembers what reached it.
package final class RecordingUpstream: Sendable {
  /// One request as it arrived.
  package struct Received: Sendable {
    package let method: String
    package let target: String
    package let fields: [(name: String, value: String)]
    package let body: [UInt8]

    /// All values of that name, in order.
    package func all(_ name: String) -> [String] {
      fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    package subscript(name: String) -> String? { all(name).first }
  }

  private final class Memory: Sendable {
    let received = Mutex<[Received]>([])
  }

  package let server: RawServer
  private let memory: Memory

  package var port: UInt16 { server.port }

  /// Answers each request with what the closure returns: a whole response, head and body.
  package init(
    _ answer: @escaping @Sendable (Received) -> String = { _ in RecordingUpstream.ok("hello") }
  ) throws {
    let memory = Memory()
    self.memory = memory
    server = try RawServer { connection in
      while let request = try Self.receive(on: connection) {
        memory.received.withLock { $0.append(request) }
        try connection.send(answer(request))
      }
    }
  }

  /// What has arrived so far.
  package var received: [Received] { memory.received.withLock { $0 } }

  /// A response of status 200 with this body.
  package static func ok(_ body: String, fields: String = "") -> String {
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\(fields)"
      + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  private static func receive(on connection: Connection) throws -> Received? {
    // The peer closes an idle connection when it likes.
    guard let head = try? connection.receive(through: "\r\n\r\n") else { return nil }
    var lines = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n")
    let words = lines.removeFirst().split(separator: " ").map(String.init)
    guard words.count == 3 else { return nil }
    let fields = lines.filter { !$0.isEmpty }.map { line -> (name: String, value: String) in
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      return (
        String(parts[0]),
        parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
      )
    }
    let value = { (name: String) in fields.first { $0.name.lowercased() == name }?.value }
    var body: [UInt8] = []
    if value("transfer-encoding")?.lowercased() == "chunked" {
      body = try connection.receiveChunkedBody()
    } else if let length = value("content-length").flatMap(Int.init) {
      body = try connection.receive(count: length)
    }
    return Received(method: words[0], target: words[1], fields: fields, body: body)
  }
}
