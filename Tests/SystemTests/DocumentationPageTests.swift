import Harness
import XCTest

/// The page that shows the OpenAPI document, in a real browser.
final class DocumentationPageTests: XCTestCase {
  private static let config = DeploymentConfig.standard.with(
    "listeners",
    """
    [{ address: "127.0.0.1:0", serves: ["authorization-server", "proxy", "documentation"] }]
    """)
  private static let isShown = Browser.Step.until(
    "document.querySelectorAll('details.operation').length > 0")

  private func url(_ deployment: Deployment) throws -> String {
    "http://127.0.0.1:\(try deployment.port())/ui/swagger/"
  }

  /// Types into the token request's fields, sends, and waits for another answer than before.
  private func send(secret: String) -> [Browser.Step] {
    [
      .value(
        """
        (() => {
          const form = document.getElementById("token-form");
          window.before = document.getElementById("token-answer").textContent;
          document.getElementById("token").open = true;
          const fill = (name, value) => { form.querySelector(`[name="${name}"]`).value = value; };
          fill("client_id", "app");
          fill("client_secret", "\(secret)");
          fill("scope", "api.read");
          document.getElementById("token-send").click();
        })()
        """),
      .until(
        "document.querySelectorAll('#token-answer pre').length === 2 "
          + "&& document.getElementById('token-answer').textContent !== window.before"),
      .value("document.getElementById('token-answer').textContent"),
    ]
  }

  func testATokenIsGotThroughThePageAndWorks() throws {
    let deployment = try Deployment(Self.config)
    let visit = try Browser.visit(
      try url(deployment),
      [Self.isShown] + send(secret: "wrong") + send(secret: DeploymentConfig.secret))
    let refused = try XCTUnwrap(visit.values[3] as? String)
    XCTAssertTrue(refused.contains("401"), refused)
    XCTAssertTrue(refused.contains("\"error\": \"invalid_client\""), refused)
    let answer = try XCTUnwrap(visit.values[6] as? String)
    XCTAssertTrue(answer.contains("200 OK"), answer)
    XCTAssertFalse(answer.contains(DeploymentConfig.secret), "the command line shows the secret")
    let token = answer.components(separatedBy: "\"access_token\": \"").last?
      .components(separatedBy: "\"").first
    XCTAssertEqual(
      try deployment.caller().get("/api/x", token: try XCTUnwrap(token)).status, 200)
    XCTAssertEqual(visit.complaints, [])
  }

  func testThePageShowsEveryOperationOfTheDocument() throws {
    let deployment = try Deployment(Self.config)
    let document = try deployment.caller().send("GET", "/ui/swagger/doc.json").json
    let paths = document["paths"] as? [String: [String: Any]] ?? [:]
    let described = paths.values.flatMap { item in
      item.values.compactMap { ($0 as? [String: Any])?["operationId"] as? String }
    }
    let visit = try Browser.visit(
      try url(deployment),
      [
        Self.isShown,
        .value("[...document.querySelectorAll('details.operation')].map((one) => one.id)"),
      ])
    XCTAssertEqual((visit.values[1] as? [String])?.sorted(), described.sorted())
    XCTAssertEqual(visit.complaints, [])
  }

  func testThePageCanBeReadInLightAndInDarkAndByItsNames() throws {
    let deployment = try Deployment(Self.config)
    var papers: Set<String> = []
    for dark in [false, true] {
      let visit = try Browser.visit(
        try url(deployment), dark: dark,
        [
          Self.isShown, .value("getComputedStyle(document.body).backgroundColor"),
          .value(Self.weakColours), .value(Self.nameless),
          .value("document.querySelectorAll('h1').length === 1 && document.documentElement.lang"),
        ])
      papers.insert(visit.values[1] as? String ?? "")
      XCTAssertEqual(visit.values[2] as? [String], [], "dark: \(dark)")
      XCTAssertEqual(visit.values[3] as? [String], [])
      XCTAssertEqual(visit.values[4] as? String, "en")
      XCTAssertEqual(visit.complaints, [])
    }
    XCTAssertEqual(papers.count, 2, "dark looks like light: \(papers)")
  }

  func testNothingInlineRunsAndNobodyFramesThePage() throws {
    let deployment = try Deployment(Self.config)
    let page = try deployment.caller().send("GET", "/ui/swagger/")
    let policy = try XCTUnwrap(page["Content-Security-Policy"])
    for rule in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"] {
      XCTAssertTrue(policy.contains(rule), policy)
    }
    XCTAssertFalse(policy.contains("unsafe"), policy)
    let visit = try Browser.visit(
      try url(deployment),
      [
        Self.isShown,
        .value(
          """
          (() => {
            const script = document.createElement("script");
            script.textContent = "window.broken = true";
            document.body.append(script);
            return window.broken === true;
          })()
          """),
      ])
    XCTAssertEqual(visit.values[1] as? Bool, false)
    XCTAssertEqual(visit.complaints.count, 1, "the browser does not tell what the policy stops")
  }

  /// Texts whose contrast to what is behind them is under 4.5 (WCAG 2.2, 1.4.3).
  private static let weakColours = """
    (() => {
      const light = (colour) => {
        const parts = colour.match(/[0-9.]+/g).slice(0, 3).map((part) => {
          const value = part / 255;
          return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
      };
      const behind = (element) => {
        const colour = getComputedStyle(element).backgroundColor;
        return colour === "rgba(0, 0, 0, 0)" ? behind(element.parentElement) : colour;
      };
      document.querySelectorAll("details").forEach((one) => { one.open = true; });
      return [...document.querySelectorAll("h1, h2, p, a, span, code, label, input, button, td")]
        .filter((element) => {
          const pair = [getComputedStyle(element).color, behind(element)].map(light);
          return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05) < 4.5;
        }).map((element) => element.outerHTML.slice(0, 200));
    })()
    """

  /// Fields without a label and buttons without a word.
  private static let nameless = """
    [...document.querySelectorAll("input, button, summary")].filter((element) =>
      element.tagName === "INPUT" ? element.labels.length === 0 : element.textContent.trim() === "")
      .map((element) => element.outerHTML.slice(0, 200))
    """
}
