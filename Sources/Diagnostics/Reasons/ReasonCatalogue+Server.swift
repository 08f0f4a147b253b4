extension ReasonCatalogue {
  static let server = ReasonArea(
    "server", "The server itself",
    "What this process could not do for a request.",
    [
      ReasonEntry(
        .serverOverloaded, "Too much waits",
        shownAs: [
          .temporarilyUnavailable, .serviceUnavailable,
        ],
        means: """
          The pool that the request needs is full; it was refused at once instead of being queued \
          without end.
          """,
        remedy: """
          Try again after `Retry-After`. If it lasts, add instances, or look for a slow plugin or \
          disk.
          """),
      ReasonEntry(
        .serverConnections, "Too many connections", shownAs: [.serviceUnavailable],
        means: """
          More connections are open than `limits.connections` allows; this one was answered and \
          closed.
          """,
        remedy: """
          Raise the limit and the process's limit of open files, or find who keeps so many open.
          """),
      ReasonEntry(
        .serverUnanswered, "No answer was made", shownAs: [.internalError],
        means: "Whoever had the request dropped it without an answer.",
        remedy: "This is a fault of the program: report it with the request's id."),
      ReasonEntry(
        .healthNotReady, "Not ready", shownAs: [.serviceUnavailable],
        means: """
          A component that readiness depends on is at fault; the detail names it and says why.
          """,
        remedy: "Mend the component; readiness comes back by itself."),
      ReasonEntry(
        .healthNoAnswer, "A component does not answer", shownAs: [.serviceUnavailable],
        means: """
          The question whether a component is well has had no answer for over a second. Storage whose \
          file another process has locked looks like this.
          """,
        remedy: "Find who holds the database, or what its disk is busy with."),
      ReasonEntry(
        .healthRevocationsSilent, "The feed of revocations is silent",
        shownAs: [.serviceUnavailable],
        means: """
          What other processes revoke could not be read for over five seconds, so a revoked token \
          might be let through. What storage said of opaque tokens before is not believed meanwhile.
          """,
        remedy: """
          `revocations.silent` in the log says why storage cannot be read. Readiness comes back by \
          itself.
          """),
    ])
}
