/// A headless Chromium that shows one page.
package enum Browser {
  /// What to do in the page.
  package struct Step: Sendable {
    let expression: String
    let isAwaited: Bool

    /// The value of an expression of the page's language.
    package static func value(_ expression: String) -> Step {
      Step(expression: expression, isAwaited: false)
    }

    /// Waits until an expression is true.
    package static func until(_ expression: String) -> Step {
      Step(expression: expression, isAwaited: true)
    }
  }

  /// What the steps gave, and what the browser complained of: scripts that failed, rules broken.
  package struct Visit {
    package let values: [Any]
    package let complaints: [String]
  }

  /// Opens a page of a new browser and takes the steps in turn.
  package static func visit(_ url: String, dark: Bool = false, _ steps: [Step]) throws -> Visit {
    let deeds = steps.map { ["do": $0.expression, "until": $0.isAwaited] as [String: Any] }
    let answer = try Judge.ask(["url": url, "dark": dark, "steps": deeds], of: "browser.py")
    guard let values = answer["values"] as? [Any],
      let complaints = answer["complaints"] as? [String]
    else { throw Problem("the browser says \(answer)") }
    return Visit(values: values, complaints: complaints)
  }
}
