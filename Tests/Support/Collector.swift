import Foundation

/// A collector of spans that speaks OTLP over HTTP, read by OpenTelemetry's own definitions.
package final class Collector: Sendable {
  /// One span as it arrived.
  package struct Span {
    package let trace: String
    package let span: String
    package let parent: String
    package let name: String
    package let kind: Int
    package let start: Int
    package let end: Int
    package let status: Int
    package let attributes: [String: String]
    package let resource: [String: String]
  }

  package let upstream: RecordingUpstream

  package var port: UInt16 { upstream.port }

  /// A collector that answers with what the closure returns for the number of a request, from 0.
  package init(_ status: @escaping @Sendable (Int) -> Int = { _ in 200 }) throws {
    let count = Counter()
    upstream = try RecordingUpstream { _ in
      "HTTP/1.1 \(status(count.next())) X\r\nContent-Type: application/json\r\n"
        + "Content-Length: 2\r\n\r\n{}"
    }
  }

  /// The spans that have arrived so far.
  package func spans() throws -> [Span] {
    let bodies = upstream.received.map { String(decoding: $0.body, as: UTF8.self) }
    let answer = try Judge.ask(["bodies": bodies], of: "otlp.py")
    return (answer["spans"] as? [[String: Any]] ?? []).map { span in
      let text = { (name: String) in span[name] as? String ?? "" }
      let number = { (name: String) in (span[name] as? NSNumber)?.intValue ?? -1 }
      return Span(
        trace: text("trace"), span: text("span"), parent: text("parent"), name: text("name"),
        kind: number("kind"), start: number("start"), end: number("end"),
        status: number("status"), attributes: span["attributes"] as? [String: String] ?? [:],
        resource: span["resource"] as? [String: String] ?? [:])
    }
  }

  /// Waits until so many spans have arrived.
  package func spans(atLeast count: Int) throws -> [Span] {
    try eventually(until: "\(count) spans") {
      try upstream.received.count > 0 && spans().count >= count
    }
    return try spans()
  }

  private final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var count = 0

    func next() -> Int {
      lock.lock()
      defer { lock.unlock() }
      defer { count += 1 }
      return count
    }
  }
}
