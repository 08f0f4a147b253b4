/// What is to be said of a reason code.
public struct ReasonEntry: Sendable {
  /// The code.
  public let code: ReasonCode
  /// A few words.
  public let title: String
  /// What has happened, in Markdown.
  public let meaning: String
  /// What to do, in Markdown.
  public let remedy: String
  /// What a client is told; empty for what no client ever causes to be said.
  public let shownAs: [PublicError]

  init(
    _ code: ReasonCode, _ title: String, shownAs: [PublicError], means: String, remedy: String
  ) {
    self.code = code
    self.title = title
    meaning = means
    self.remedy = remedy
    self.shownAs = shownAs
  }
}
