public import HTTPServer
public import OAuth

/// The addresses of the page that explains the errors of an issuer.
///
/// They name the public error and nothing else: which of its reasons applied, only the log says.
public struct ErrorPages: Sendable {
  /// The path below the issuer.
  public static let path = "/ui/errors/"

  /// The page's URL; each error has a part of it.
  let url: String

  /// The pages of an issuer.
  public init(of issuer: Issuer) { url = issuer.url(Self.path) }

  /// The same page, for problems of the proxy and of HTTP itself.
  public var problems: ProblemPages { ProblemPages(page: url) }

  /// The `error_uri` of a code (RFC 6749 5.2).
  func uri(of code: OAuthError.Code) -> String { "\(url)#\(code.rawValue)" }
}
