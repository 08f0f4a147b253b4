extension ReasonCatalogue {
  static let storage = ReasonArea(
    "storage", "Storage",
    """
    What storage could not do. The proxy answers 503 and never 401: nobody can say that the \
    token is bad.
    """,
    [
      ReasonEntry(
        .storageUnavailable, "Storage does not answer",
        shownAs: [
          .temporarilyUnavailable, .serviceUnavailable,
        ],
        means: "The store cannot be reached, is damaged, or took longer than the deadline.",
        remedy: """
          Look at `/health/ready` and at the store itself: disk, permissions, database server.
          """),
      ReasonEntry(
        .storageNone, "No storage", shownAs: [.serviceUnavailable],
        means: "The request needs a record, and no storage is configured.",
        remedy: "Configure `plugins.storage`."),
      ReasonEntry(
        .storageUndecided, "Record unusable", shownAs: [.serviceUnavailable],
        means: "Storage answered, and its record could not be turned into a decision.",
        remedy: "This is a fault of the program or of the store: report it with the request's id."),
      ReasonEntry(
        .storageConflict, "Somebody was faster", shownAs: [.invalidGrant, .conflict],
        means: """
          Another request changed the same record first; what is used once was used by that one.
          """,
        remedy: "Start the grant anew. If the client sends everything twice, mend the client."),
      ReasonEntry(
        .storageBusy, "Storage is busy", shownAs: [.temporarilyUnavailable, .serviceUnavailable],
        means: "The store's queue is full.",
        remedy: """
          Try again; if it lasts, the disk is too slow for the load, or `queue` is too small.
          """),
      ReasonEntry(
        .storageOutcomeUnknown, "Outcome unknown",
        shownAs: [
          .temporarilyUnavailable, .serviceUnavailable,
        ],
        means: """
          The deadline passed or the connection broke after the request was sent: it may have been \
          done.
          """,
        remedy: "Look whether it was done before you do it again."),
      ReasonEntry(
        .storageFull, "Storage is full", shownAs: [.temporarilyUnavailable, .serviceUnavailable],
        means: "The disk or the quota is full; nothing was written.",
        remedy: "Make room. Tokens that need no record (JWS) go on working."),
      ReasonEntry(
        .storageReadOnly, "Storage is read-only",
        shownAs: [
          .temporarilyUnavailable, .serviceUnavailable,
        ],
        means: "The store may only be read.",
        remedy: "Mend its permissions, or point to the primary."),
      ReasonEntry(
        .storageInvalid, "Request to storage impossible",
        shownAs: [
          .temporarilyUnavailable, .serviceUnavailable,
        ],
        means: "A record is too large, or a cursor is malformed.",
        remedy: "This is a fault of the program: report it with the request's id."),
    ])
}
