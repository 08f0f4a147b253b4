internal import Synchronization

/// What whoever uses verified tokens has made of one, kept as long as the token is.
///
/// It must follow from the token alone: the same token may come by any route. Immutable, which is
/// what makes the unchecked conformance hold.
open class TokenAttachment: @unchecked Sendable {
  /// An attachment, complete.
  public init() {}
}

extension VerifiedToken {
  /// What was made of this token before, or is made now; safe from any thread.
  public func attachment<Attachment: TokenAttachment>(
    _ make: () -> Attachment
  ) -> Attachment {
    if let present = attached.load() as? Attachment { return present }
    let made = make()
    // Another thread's may have come first, or one of another kind: ours serves all the same.
    return attached.storeIfNil(made) as? Attachment ?? made
  }
}
