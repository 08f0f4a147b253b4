internal import Diagnostics
internal import JSON

/// Spans as OTLP has them in JSON: ids in hexadecimal, 64-bit numbers as text.
///
/// https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
struct SpanText {
  /// Who is speaking.
  let resource: SpanExporter.Resource
  /// Microseconds to add to the monotonic clock for the time since 1970.
  let clockOffset: Int64

  func text(_ spans: [SpanRecord]) -> [UInt8] {
    let scope: JSONValue = ["name": "sallyport", "version": .string(resource.version)]
    let attributes = [
      LogField("service.name", resource.service), LogField("service.version", resource.version),
      LogField("service.instance.id", resource.instance),
    ]
    let document: JSONValue = [
      "resourceSpans": [
        [
          "resource": ["attributes": .array(attributes.map(attribute))],
          "scopeSpans": [["scope": scope, "spans": .array(spans.map(value))]],
        ]
      ]
    ]
    return document.serialized()
  }

  private func value(_ span: SpanRecord) -> JSONValue {
    var members = JSONObject([
      ("traceId", .string(span.context.traceID)),
      ("spanId", .string(TraceContext.text(of: span.context.span))),
      ("name", .string(span.name)), ("kind", .integer(Int64(span.kind.rawValue))),
      ("startTimeUnixNano", .string(nanoseconds(span.begin))),
      ("endTimeUnixNano", .string(nanoseconds(span.end))),
      ("attributes", .array(span.attributes.map(attribute))),
    ])
    if span.parent != 0 { members["parentSpanId"] = .string(TraceContext.text(of: span.parent)) }
    // STATUS_CODE_ERROR; unset is what the specification wants else.
    if span.isError { members["status"] = ["code": 2] }
    return .object(members)
  }

  private func nanoseconds(_ monotonic: UInt64) -> String {
    "\((Int64(clamping: monotonic) &+ clockOffset) &* 1000)"
  }

  private func attribute(_ field: LogField) -> JSONValue {
    let value: JSONValue =
      switch field.value {
      case .text(let text): ["stringValue": .string(text)]
      case .integer(let number): ["intValue": .string("\(number)")]
      case .number(let number): ["doubleValue": .number(number)]
      case .truth(let truth): ["boolValue": .bool(truth)]
      }
    return ["key": .string(field.name.description), "value": value]
  }
}
