// HTTPServer owns the server's side of a connection: the state machine from bytes to requests and
// back, limits, the router and the access log. Bytes enter from Transport, requests leave to an
// `Endpoint` (whole, with their content) or to a `StreamHandler` (head parsed, content a stream).
// It knows nothing of tokens, grants or upstreams, and reads no configuration.
