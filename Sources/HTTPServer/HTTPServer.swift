// HTTPServer owns the server side of a connection: the state machine from request head to
// response, the router, endpoint descriptions, limits, the access log. A request enters from
// Transport and leaves to an endpoint or to a stream handler. It knows no OAuth.
