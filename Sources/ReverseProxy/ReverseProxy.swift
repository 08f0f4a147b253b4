// ReverseProxy owns the door: match, authenticate, authorize, mutate, forward, in the order of a
// request's life, each step the next one's only way in. It contains no HTTP parsing and no token
// format.
