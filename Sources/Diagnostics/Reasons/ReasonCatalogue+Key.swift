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
          """),
      ReasonEntry(
        .keyDamaged, "A stored key does not open", shownAs: [.serviceUnavailable],
        means: """
          A key's record in storage opens under none of `keys.master`, or is not of the form that \
          this version writes. What is in memory goes on signing; a restart would be refused.
          """,
        remedy: """
          Restore the record from a backup, or give the master key that sealed it. Readiness comes \
          back by itself.
          """),
      ReasonEntry(
        .keyVanished, "The key in use has gone from storage", shownAs: [.serviceUnavailable],
        means: """
          Storage held the key that signs or encrypts now, and holds no key of its algorithm any \
          more. Nothing is made in its place, since the tokens of the lost key are still about. This \
          process goes on with the key in its memory; others cannot know it.
          """,
        remedy: """
          Restore the record from a backup; readiness comes back by itself. If it is lost for good, \
          `sallyport key rotate` makes a new key, and tokens of the old one are refused from then on.
          """),
    ])
}
