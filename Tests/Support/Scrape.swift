import Foundation

/// One scrape of an instance's metrics, read by Prometheus' own parser.
package struct Scrape {
  /// One number.
  package struct Sample {
    package let name: String
    package let labels: [String: String]
    package let value: Double
  }

  /// One metric with what is said of it.
  package struct Family {
    package let name: String
    package let type: String
    package let help: String
    package let samples: [Sample]
  }

  package let families: [Family]
  package let text: String

  /// Reads the text of a scrape; throws with the parser's complaint.
  package init(_ text: String, open: Bool = false) throws {
    self.text = text
    let answer = try Judge.ask(["text": text, "open": open], of: "scrape.py")
    families = (answer["families"] as? [[String: Any]] ?? []).map { family in
      Family(
        name: family["name"] as? String ?? "", type: family["type"] as? String ?? "",
        help: family["help"] as? String ?? "",
        samples: (family["samples"] as? [[String: Any]] ?? []).map {
          Sample(
            name: $0["name"] as? String ?? "", labels: $0["labels"] as? [String: String] ?? [:],
            value: ($0["value"] as? NSNumber)?.doubleValue ?? .nan)
        })
    }
  }

  /// The sum of the samples of a name that carry all these labels; nil if there is none.
  package func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
    let found = families.flatMap(\.samples).filter { sample in
      sample.name == name && labels.allSatisfy { sample.labels[$0.key] == $0.value }
    }
    return found.isEmpty ? nil : found.reduce(0) { $0 + $1.value }
  }
}

extension Deployment {
  /// Scrapes the admin socket as Prometheus would.
  package func scrape(open: Bool = false) throws -> Scrape {
    try Scrape(try scrapedText(accept: open ? "application/openmetrics-text" : nil), open: open)
  }

  /// The text of a scrape over the admin socket.
  package func scrapedText(accept: String? = nil) throws -> String {
    let result = try adminCurl("/metrics", accept.map { ["-H", "Accept: \($0)"] } ?? [])
    guard result.exitCode == 0 else { throw Problem("\(result.exitCode): \(result.errors)") }
    return result.output
  }

  /// Asks the admin socket with curl.
  package func adminCurl(_ path: String, _ options: [String] = []) throws -> CommandResult {
    try execute(
      "curl",
      ["-sS", "--unix-socket", folder.path("admin.sock")] + options + ["http://admin" + path])
  }
}
