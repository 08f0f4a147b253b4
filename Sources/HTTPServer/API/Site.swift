/// What a listener serves: an immutable value that a reload replaces as a whole.
///
/// A request keeps the site it began with. Bound to one loop, since its stream handler is.
public struct Site {
  /// Who takes the requests whose path no endpoint has.
  public enum Fallback {
    /// Nobody: they are answered 404.
    case none
    /// An endpoint, whatever its path: the content is read whole.
    case endpoint(any Endpoint)
    /// A handler that takes the content as a stream.
    case stream(any StreamHandler)
  }

  let router: Router
  let fallback: Fallback

  /// A site of endpoints and a fallback.
  public init(router: Router, fallback: Fallback = .none) {
    self.router = router
    self.fallback = fallback
  }
}
