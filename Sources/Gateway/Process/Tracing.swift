internal import Configuration
internal import Cryptography
internal import Diagnostics
internal import HTTP
internal import HTTPClient
internal import Telemetry
internal import Transport

/// The tracer of the process and the exporter that empties it; there is one if the config says so.
struct Tracing: Sendable {
  let tracer: Tracer
  let exporter: SpanExporter

  init(_ options: TracingOptions, log: Log, metrics: MetricRegistry) throws(StartFailure) {
    let collector = try Self.collector(options, metrics)
    tracer = Tracer(
      sampling: options.sample, capacity: SpanExporter.capacity, metrics: metrics)
    let resource = SpanExporter.Resource(
      service: options.service, version: Release.version,
      instance: RequestID.next().description)
    do throws(SystemError) {
      exporter = try SpanExporter(
        tracer, to: collector, authority: Self.authority(options.endpoint),
        fields: options.headers.compactMap { header in
          // The config has been checked: each value is one that a field can carry.
          FieldValue(String(decoding: header.value.reveal(), as: UTF8.self)).map {
            (header.key, Secret($0))
          }
        }, resource: resource, log: log)
    } catch {
      throw .operation("tracing: no loop for the exporter: \(error)")
    }
  }

  private static func authority(_ endpoint: UpstreamAddress) -> FieldValue {
    let host = endpoint.host.contains(":") ? "[\(endpoint.host)]" : endpoint.host
    // A host of the config has no blanks.
    return FieldValue("\(host):\(endpoint.port)") ?? ""
  }

  private static func collector(
    _ options: TracingOptions, _ metrics: MetricRegistry
  ) throws(StartFailure) -> Upstream {
    var limits = Upstream.Limits()
    limits.connectTimeout = .seconds(5)
    limits.firstByteTimeout = .seconds(10)
    limits.readTimeout = .seconds(10)
    limits.connections = 2
    return Upstream(
      name: options.endpoint.text,
      addresses: try Upstreams.resolve(options.endpoint, for: "tracing"),
      tls: try Upstreams.tls(options.endpoint, trusting: options.authorities, for: "tracing"),
      host: options.endpoint.host, limits: limits)
  }
}

extension TracingOptions {
  /// Whether another entry would give the very same exporter.
  func isSame(as other: TracingOptions) -> Bool {
    endpoint == other.endpoint && authorities == other.authorities && sample == other.sample
      && service == other.service && headers.map(\.key) == other.headers.map(\.key)
      && zip(headers, other.headers).allSatisfy {
        constantTimeEqual($0.value.reveal(), $1.value.reveal())
      }
  }
}
