// Diagnostics owns what every layer needs to say what it does: time, the request id, the log
// line, secrets that cannot be printed. It knows nothing of HTTP, tokens or configuration, and
// keeps no global log: a log is passed in.
