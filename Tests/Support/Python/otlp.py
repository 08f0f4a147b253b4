"""Reads OTLP in JSON with OpenTelemetry's own definitions.

Standard input is one JSON object with `bodies`: the texts of requests. Answers with their spans.
"""
import base64
import json
import sys

from google.protobuf import json_format
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


def with_binary_ids(value):
    """OTLP writes ids in hexadecimal where protobuf's JSON has base64."""
    if isinstance(value, list):
        return [with_binary_ids(element) for element in value]
    if not isinstance(value, dict):
        return value
    ids = ("traceId", "spanId", "parentSpanId")
    return {
        key: base64.b64encode(bytes.fromhex(element)).decode() if key in ids else with_binary_ids(element)
        for key, element in value.items()
    }


def plain(value):
    kind = value.WhichOneof("value")
    return getattr(value, kind)


def spans(body):
    request = json_format.ParseDict(with_binary_ids(json.loads(body)), ExportTraceServiceRequest())
    for resource in request.resource_spans:
        of = {a.key: plain(a.value) for a in resource.resource.attributes}
        for scope in resource.scope_spans:
            for span in scope.spans:
                assert len(span.trace_id) == 16 and len(span.span_id) == 8
                yield {
                    "trace": span.trace_id.hex(),
                    "span": span.span_id.hex(),
                    "parent": span.parent_span_id.hex(),
                    "name": span.name,
                    "kind": span.kind,
                    "start": span.start_time_unix_nano,
                    "end": span.end_time_unix_nano,
                    "status": span.status.code,
                    "attributes": {a.key: str(plain(a.value)) for a in span.attributes},
                    "resource": of,
                }


def main():
    question = json.load(sys.stdin)
    json.dump({"spans": [s for body in question["bodies"] for s in spans(body)]}, sys.stdout)


if __name__ == "__main__":
    try:
        main()
    except Exception as error:  # every complaint is an answer
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        sys.exit(1)
