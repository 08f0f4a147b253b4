extension ReasonCatalogue {
  static let key = ReasonArea(
    "key", "Keys",
    "What the key ring could not do.",
    [
      ReasonEntry(
        .keyUnavailable, "No key can sign", shownAs: [.temporarilyUnavailable],
        means: "No signing key of the algorithm is ready.",
        remedy: """
          `sallyport key list` shows the keys. Look for `upkeep.failed` in the log; `keys.master` \
          may be the wrong one.
          """)
    ])
}
