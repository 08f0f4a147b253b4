// Transport owns sockets and time: the event loop over epoll, listeners, connections (plain or TLS,
// one interface), the timer wheel, buffers and the two pools of threads. It moves bytes and knows no
// protocol above them. A loop and all that is bound to it is touched by its own thread only; the one
// door from elsewhere is `EventLoop.post`.
//
// What belongs to one loop is only ever touched by its thread, one call after the other. The stored
// properties of the hot path say `@exclusivity(unchecked)` for that reason: the run-time checks that
// this leaves out cost a twentieth of a proxied request.
