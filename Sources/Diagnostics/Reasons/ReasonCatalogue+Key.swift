extension ReasonCatalogue {
  static let key = ReasonArea(
    "key", "Keys",
    "What the key ring could not do.",
    [
      ReasonEntry(
        .keyUnavailable, "Keys out of reach",
        shownAs: [.temporarilyUnavailable, .serviceUnavailable],
        means: """
          No key that signs by the algorithm, or that encrypts, is ready; or a token names a key that \
          is new to this process, and the ring could not be read for it.
          """,
        remedy: """
          `sallyport key list` shows the keys. Look for `upkeep.failed` in the log; `keys.master` \
          may be the wrong one.
          """)
    ])
}
