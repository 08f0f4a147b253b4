extension ReasonCatalogue {
  static let upstream = ReasonArea(
    "upstream", "Upstreams",
    "What went wrong between the proxy and the upstream.",
    [
      ReasonEntry(
        .upstreamUnreachable, "Unreachable", shownAs: [.badGateway],
        means: "No connection could be made; the detail says what the system or TLS said.",
        remedy: """
          Is the upstream running, and is its address right? With TLS: is its certificate from the \
          configured authority?
          """),
      ReasonEntry(
        .upstreamConnectTimeout, "No connection in time", shownAs: [.gatewayTimeout],
        means: "The connection was not made within `connectTimeout`.",
        remedy: """
          Look at the network between the two; a firewall that drops packets looks like this.
          """),
      ReasonEntry(
        .upstreamExhausted, "All connections in use", shownAs: [.serviceUnavailable],
        means: "Every connection that `connections` allows to this upstream is busy.",
        remedy: "Raise the limit, or make the upstream faster."),
      ReasonEntry(
        .upstreamStale, "Kept connection was dead", shownAs: [.badGateway],
        means: """
          A kept connection closed before a byte of the answer came, and the request could not be \
          sent again safely.
          """,
        remedy: "Set the upstream's idle timeout longer than the proxy's."),
      ReasonEntry(
        .upstreamClosed, "Closed without an answer", shownAs: [.badGateway],
        means: "The upstream closed the connection before a byte of its answer came.",
        remedy: "Look at the upstream's log: it may have crashed on this request."),
      ReasonEntry(
        .upstreamFirstByteTimeout, "No answer in time", shownAs: [.gatewayTimeout],
        means: "The answer did not begin within `responseTimeout`.",
        remedy: "Make the upstream faster, or raise the limit."),
      ReasonEntry(
        .upstreamStalled, "Fell silent", shownAs: [.gatewayTimeout],
        means: "The upstream stopped in the middle of its answer, or took no more of the request.",
        remedy: "Look at the upstream; long pauses in a stream need a longer `stallTimeout`."),
      ReasonEntry(
        .upstreamTruncated, "Cut off", shownAs: [.badGateway],
        means: "The connection ended within the answer. The client sees its own end cut off too.",
        remedy: "Look at the upstream's log."),
      ReasonEntry(
        .upstreamMalformed, "Not HTTP", shownAs: [.badGateway],
        means: "The answer is not HTTP/1.1 as the standard has it.",
        remedy: """
          Mend the upstream, or what stands between; the fault is one of the `http.*` codes.
          """),
      ReasonEntry(
        .upstreamSwitchedProtocols, "Switched protocols unasked", shownAs: [.badGateway],
        means: "The upstream answered 101 to a request that asked for no upgrade.",
        remedy: "Mend the upstream."),
    ])
}
