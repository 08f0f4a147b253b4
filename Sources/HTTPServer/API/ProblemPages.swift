public import Diagnostics

/// Where the problems that are answered with are explained: their `type` (RFC 9457 3.1.1).
public struct ProblemPages: Sendable {
  private let page: String?

  /// Pages of which each is a part of one page, found by the error's name.
  public init(page: String) { self.page = page }

  private init() { page = nil }

  /// No page is served: the type is `about:blank`, and the status says all.
  public static let none = ProblemPages()

  /// The URI that stands for an error.
  public func uri(of error: PublicError?) -> String {
    guard let page, let error else { return "about:blank" }
    return "\(page)#\(error.rawValue)"
  }
}
