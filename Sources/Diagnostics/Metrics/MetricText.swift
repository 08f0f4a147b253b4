extension MetricRegistry {
  /// The metrics as they stand now.
  public func text(_ format: MetricFormat) -> [UInt8] {
    var text = MetricText(format: format)
    for family in families() { text.append(family) }
    return text.finished()
  }
}

/// The text of a scrape in the making.
private struct MetricText {
  let format: MetricFormat
  private var bytes: [UInt8] = []

  init(format: MetricFormat) {
    self.format = format
    bytes.reserveCapacity(32 * 1024)
  }

  consuming func finished() -> [UInt8] {
    if format == .openMetrics { append("# EOF\n") }
    return bytes
  }

  mutating func append(_ family: MetricRegistry.Family) {
    let definition = family.definition
    appendHead(definition)
    let name = definition.sampleName
    for sample in family.observer?() ?? [] {
      append(name, definition.labels, sample.labels)
      end(sample.value)
    }
    for series in family.series {
      if definition.kind == .histogram {
        append(series, histogram: definition)
      } else {
        append(series, definition)
      }
    }
  }

  private mutating func appendHead(_ definition: MetricDefinition) {
    let isOpen = format == .openMetrics
    // The older format knows no infos, and its names are those of the samples.
    let name = isOpen ? definition.name : definition.sampleName
    let kind = isOpen || definition.kind != .info ? definition.kind : .gauge
    append("# HELP \(name) ")
    append(escaping: definition.help, quotes: isOpen)
    append("\n# TYPE \(name) \(kind.rawValue)\n")
    if isOpen, let unit = definition.unit { append("# UNIT \(name) \(unit)\n") }
  }

  private mutating func append(_ series: MetricRegistry.Series, _ definition: MetricDefinition) {
    for index in 0..<series.cells.count {
      let total = series.cells.total(at: index)
      guard total != 0 || series.showsZeros else { continue }
      append(definition.sampleName, definition.labels, series.labels(at: index))
      append(
        definition.kind == .gauge ? " \(Int64(bitPattern: total))\n" : " \(total)\n")
    }
  }

  private mutating func append(
    _ series: MetricRegistry.Series, histogram definition: MetricDefinition
  ) {
    let labels = definition.labels + ["le"]
    var count: UInt64 = 0
    for index in 0...Histogram.bounds.count {
      count &+= series.cells.total(at: index)
      let bound =
        index < Histogram.bounds.count
        ? "\(Double(Histogram.bounds[index]) / 1_000_000)" : "+Inf"
      append(definition.name + "_bucket", labels, series.labels + [bound])
      append(" \(count)\n")
    }
    append(definition.name + "_sum", definition.labels, series.labels)
    end(Double(series.cells.total(at: Histogram.bounds.count + 1)) / 1_000_000)
    append(definition.name + "_count", definition.labels, series.labels)
    append(" \(count)\n")
  }

  private mutating func append(_ name: String, _ labels: [String], _ values: [String]) {
    append(name)
    guard !labels.isEmpty else { return }
    var separator = "{"
    for (label, value) in zip(labels, values) {
      append(separator + label + "=\"")
      append(escaping: value, quotes: true)
      append("\"")
      separator = ","
    }
    append("}")
  }

  private mutating func end(_ value: Double) {
    if let whole = Int64(exactly: value) { append(" \(whole)\n") } else { append(" \(value)\n") }
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// No value can end its label, its line or a comment.
  private mutating func append(escaping text: String, quotes: Bool) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): append("\\\\")
      case UInt8(ascii: "\n"): append("\\n")
      case UInt8(ascii: "\"") where quotes: append("\\\"")
      default: bytes.append(byte)
      }
    }
  }
}

extension MetricDefinition {
  /// What the lines of its samples begin with.
  fileprivate var sampleName: String {
    switch kind {
    case .counter: name + "_total"
    case .info: name + "_info"
    case .gauge, .histogram: name
    }
  }
}

extension MetricRegistry.Series {
  /// The values of all labels of one of its numbers.
  fileprivate func labels(at index: Int) -> [String] {
    var rest = index
    var values: [String] = []
    for list in varying.reversed() {
      values.append(list[rest % list.count])
      rest /= list.count
    }
    return labels + values.reversed()
  }
}
