import Diagnostics
import XCTest

/// How metrics look on the wire, byte for byte.
final class MetricTextTests: XCTestCase {
  private func text(_ registry: MetricRegistry, _ format: MetricFormat = .prometheus) -> String {
    String(decoding: registry.text(format), as: UTF8.self)
  }

  func testACounterHasItsSuffixInTheSampleOnlyWhereOpenMetricsSaysSo() {
    let registry = MetricRegistry()
    registry.counter(MetricDefinition(.counter, "calls", "Calls made.")).add(3)
    XCTAssertEqual(
      text(registry),
      "# HELP calls_total Calls made.\n# TYPE calls_total counter\ncalls_total 3\n")
    XCTAssertEqual(
      text(registry, .openMetrics),
      "# HELP calls Calls made.\n# TYPE calls counter\ncalls_total 3\n# EOF\n")
  }

  func testNoLabelValueCanEndItsLabelOrItsLine() {
    let registry = MetricRegistry()
    let definition = MetricDefinition(.gauge, "open", "Back\\slash\nand line.", labels: ["name"])
    registry.gauge(definition, "a\"} 1\nfake 2\\").add(-4)
    XCTAssertEqual(
      text(registry),
      "# HELP open Back\\\\slash\\nand line.\n# TYPE open gauge\n"
        + "open{name=\"a\\\"} 1\\nfake 2\\\\\"} -4\n")
  }

  func testAHistogramCountsEachDurationInEveryLargerBucket() {
    let registry = MetricRegistry()
    let histogram = registry.histogram(
      MetricDefinition(.histogram, "wait_seconds", "Time waited."))
    for duration in [UInt64(100), 101, 2_000_000, 99_000_000] {
      histogram.observe(microseconds: duration)
    }
    let lines = text(registry, .openMetrics).split(separator: "\n")
    XCTAssertTrue(lines.contains("# UNIT wait_seconds seconds"))
    XCTAssertTrue(lines.contains("wait_seconds_bucket{le=\"0.0001\"} 1"))
    XCTAssertTrue(lines.contains("wait_seconds_bucket{le=\"0.00025\"} 2"))
    XCTAssertTrue(lines.contains("wait_seconds_bucket{le=\"1.0\"} 2"))
    XCTAssertTrue(lines.contains("wait_seconds_bucket{le=\"2.5\"} 3"))
    XCTAssertTrue(lines.contains("wait_seconds_bucket{le=\"+Inf\"} 4"))
    XCTAssertTrue(lines.contains("wait_seconds_sum 101.000201"))
    XCTAssertTrue(lines.contains("wait_seconds_count 4"))
  }

  func testATableShowsWhatWasCountedUnderTheRightLabels() {
    let registry = MetricRegistry()
    let definition = MetricDefinition(
      .counter, "answers", "Answers.", labels: ["at", "how", "what"])
    let table = registry.table(
      definition, ["here"], varying: ["GET", "PUT"], ["2xx", "4xx", "5xx"], sparse: true)
    table.add(1, 2)
    table.add(1, 2)
    table.add(0, 0)
    XCTAssertEqual(
      text(registry).split(separator: "\n").filter { !$0.hasPrefix("#") },
      [
        "answers_total{at=\"here\",how=\"GET\",what=\"2xx\"} 1",
        "answers_total{at=\"here\",how=\"PUT\",what=\"5xx\"} 2",
      ])
  }

  func testWhatLiesOutsideATableCountsNowhere() {
    let registry = MetricRegistry()
    let table = registry.table(
      MetricDefinition(.counter, "answers", "Answers.", labels: ["how"]), varying: ["a", "b"])
    table.add(-1)
    table.add(2)
    table.add(.max)
    let next = registry.counter(MetricDefinition(.counter, "next", "The cell behind it."))
    next.add()
    XCTAssertTrue(text(registry).contains("answers_total{how=\"a\"} 0\nanswers_total{how=\"b\"} 0"))
    XCTAssertTrue(text(registry).contains("next_total 1"))
  }

  func testMakingAMetricAgainGoesOnCounting() {
    let registry = MetricRegistry()
    let definition = MetricDefinition(.counter, "calls", "Calls.", labels: ["by"])
    registry.counter(definition, "a").add()
    registry.counter(definition, "a").add()
    registry.counter(definition, "b").add()
    XCTAssertTrue(text(registry).contains("calls_total{by=\"a\"} 2\ncalls_total{by=\"b\"} 1\n"))
  }

  func testNothingIsLostWhenManyThreadsCount() {
    let registry = MetricRegistry()
    let counter = registry.counter(MetricDefinition(.counter, "calls", "Calls."))
    let histogram = registry.histogram(MetricDefinition(.histogram, "wait_seconds", "Waits."))
    DispatchQueue.concurrentPerform(iterations: 8) { number in
      if number < 3 { MetricShard.take() }
      for _ in 0..<10_000 {
        counter.add()
        histogram.observe(microseconds: 10)
      }
    }
    XCTAssertTrue(text(registry).contains("calls_total 80000\n"), text(registry))
    XCTAssertTrue(text(registry).contains("wait_seconds_count 80000\n"))
  }

  func testManyMetricsLieBesideEachOther() {
    let registry = MetricRegistry()
    let definition = MetricDefinition(.counter, "calls", "Calls.", labels: ["by"])
    for number in 0..<3000 {
      registry.counter(definition, "\(number)").add(UInt64(number))
    }
    let lines = Set(text(registry).split(separator: "\n").map(String.init))
    for number in 0..<3000 {
      XCTAssertTrue(lines.contains("calls_total{by=\"\(number)\"} \(number)"))
    }
  }
}
