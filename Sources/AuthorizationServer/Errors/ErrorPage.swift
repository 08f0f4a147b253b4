internal import Cryptography
internal import Diagnostics

/// The page that `error_uri` and the `type` of problems lead to, made from the catalogue.
enum ErrorPage {
  /// No script, nothing from elsewhere, and only the style that the page itself has.
  static let policy =
    "default-src 'none'; style-src 'sha256-\(styleDigest)'; base-uri 'none'; form-action 'none'; "
    + "frame-ancestors 'none'"

  /// The page as bytes.
  static let body: [UInt8] = {
    var page = Markup()
    page.tag("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
    page.tag("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
    page.tag("<title>Errors of this server</title><style>")
    page.tag(style)
    page.tag("</style></head>\n<body><main><h1>Errors of this server</h1>\n<p>")
    page.text(introduction)
    page.tag("</p>\n<nav><ul>")
    for error in PublicError.allCases {
      page.tag("<li>")
      page.tag("a", "href", "#" + error.rawValue)
      page.text("`\(error.rawValue)`")
      page.tag("</a></li>")
    }
    page.tag("</ul></nav>\n")
    for error in PublicError.allCases { append(error, to: &page) }
    page.tag("</main></body></html>\n")
    return Array(page.html.utf8)
  }()

  private static let introduction =
    "What a client is told, and what may be behind it. Which reason applied to a request, this "
    + "server does not tell a stranger: its operator finds it by the request's id, the answer's "
    + "`X-Request-Id`, with `sallyport explain`."

  private static func append(_ error: PublicError, to page: inout Markup) {
    let entry = error.entry
    page.tag("section", "id", error.rawValue)
    page.tag("<h2>")
    page.text("`\(error.rawValue)`")
    page.tag("</h2><p class=\"source\">")
    page.text("Status \(entry.status). \(entry.source).")
    page.tag("</p><p>")
    page.text(entry.meaning)
    page.tag("</p><p><b>What to do:</b> ")
    page.text(entry.remedy)
    page.tag("</p>")
    append(ReasonCatalogue.reasons(shownAs: error), to: &page)
    page.tag("</section>\n")
  }

  private static func append(_ reasons: [ReasonEntry], to page: inout Markup) {
    guard !reasons.isEmpty else { return }
    page.tag("<details><summary>Possible reasons</summary><dl>")
    for reason in reasons {
      page.tag("<dt>")
      page.text("`\(reason.code)` \(reason.title)")
      page.tag("</dt><dd>")
      page.text(reason.meaning)
      page.tag("</dd>")
    }
    page.tag("</dl></details>")
  }

  private static let style: StaticString = """
    :root{color-scheme:light dark;--faint:color-mix(in srgb,currentColor 60%,transparent);\
    --line:color-mix(in srgb,currentColor 20%,transparent)}\
    body{font:1rem/1.5 system-ui,sans-serif;margin:0;background:Canvas;color:CanvasText}\
    main{max-width:46rem;margin:0 auto;padding:1.5rem}\
    nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;list-style:none}\
    a{color:LinkText}code{font-family:ui-monospace,monospace;font-size:.95em}\
    section{border-top:1px solid var(--line);padding:.5rem 0 1rem}\
    section:target{border-left:.3rem solid LinkText;padding-left:1rem}\
    h2{margin:.5rem 0 0}.source{margin:0;color:var(--faint)}\
    dt{margin-top:.5rem}dd{margin:0 0 0 1.5rem}
    """

  private static let styleDigest = Base64.standard.encode(
    SHA256.digest(Array(style.description.utf8)).bytes)
}
