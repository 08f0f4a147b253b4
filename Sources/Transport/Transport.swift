// Transport owns sockets and threads: listeners, the epoll loop (one a core), a connection's
// memory, timers, TLS over memory BIOs, and the two bounded pools. Bytes enter and leave here. It
// knows no HTTP.
