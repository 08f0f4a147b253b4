// Telemetry owns what this program tells a collector of its traces: batches of finished spans as
// OTLP over HTTP, on a loop of its own, so that a slow or absent collector costs no request
// anything. Spans come in through `Tracer`; it knows nothing of routes, tokens or configuration.
