public import Diagnostics
public import HTTP
internal import JSON

/// Where spans of requests are sent.
public struct TracingOptions: Sendable {
  /// The collector.
  public let endpoint: UpstreamAddress
  /// The authorities that an https collector is verified by: a PEM file; `nil` for the system's.
  public let authorities: String?
  /// Fields that go with every request to it.
  public let headers: [(key: FieldName, value: Secret<[UInt8]>)]
  /// The share of the traces that begin here, from 0 to 1.
  public let sample: Double
  /// The name of the service in spans.
  public let service: String
}

extension TracingOptions {
  static let codec: Codec<TracingOptions> = .section(
    Section(
      "Spans of requests, sent to a collector as OTLP over HTTP.",
      Field(
        "endpoint", .upstreamAddress.example("http://127.0.0.1:4318"),
        "Scheme, host and port of the collector; spans go to `/v1/traces` there."),
      .optional(
        "authorities", .path("tls/authorities.pem"),
        "PEM file of the authorities that an https collector is verified by; else the system's."),
      Field(
        "headers", .map(of: .fieldName, to: .headerSecret), default: [:],
        "Fields that go with every request to it, such as `authorization`."),
      Field(
        "sample", .share, default: "100%",
        "The share of the traces that begin here and are recorded; traces that come with a request "
          + "are recorded if their caller says so."),
      Field(
        "service",
        .text("text", example: "sallyport", longest: 128) { text, _ in
          text.isEmpty ? nil : text
        }, default: "sallyport", "The name of the service in spans."),
      build: TracingOptions.init))
}

extension Codec where Value == Double {
  /// A share of a whole, such as `"10%"`.
  fileprivate static var share: Codec {
    .text("a share from \"0%\" to \"100%\"", example: "10%", longest: 16) { text, _ in
      guard text.hasSuffix("%"), let first = text.first, first.isNumber,
        let percent = Double(text.dropLast()), (0...100).contains(percent)
      else { return nil }
      return percent / 100
    }
  }
}

extension Codec where Value == FieldName {
  /// The name of a header field that is ours to add.
  fileprivate static var fieldName: Codec {
    .text("the name of a header field", example: "authorization", longest: 128) { text, _ in
      let ours = ["host", "content-length", "content-type", "transfer-encoding", "connection"]
      guard let name = FieldName(text.lowercased()), !ours.contains(name.rawValue) else {
        return nil
      }
      return name
    }
  }
}

extension Codec where Value == Secret<[UInt8]> {
  /// A secret that a header field can carry.
  fileprivate static var headerSecret: Codec {
    Codec.secret.checked { secret, node, reading in
      guard FieldValue(String(decoding: secret.reveal(), as: UTF8.self)) == nil else { return }
      reading.fault(
        node.position, "is no value of a header field",
        "give it visible characters without a line break")
    }
  }
}
