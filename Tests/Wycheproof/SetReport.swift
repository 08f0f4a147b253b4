/// What became of the tests of one set.
struct SetReport {
  let count: Int
  private(set) var explained = 0
  private(set) var unexplained: [String] = []
  private var accepted: [VectorCase.Result: Int] = [:]
  private var refused: [VectorCase.Result: Int] = [:]
  private var reasons: [String: Int] = [:]
  private let name: String

  /// Runs the tests: a check returns for what it accepts and throws for what it refuses.
  init(_ name: String, _ cases: [VectorCase], _ check: (VectorCase) throws -> Void) {
    self.name = name
    count = cases.count
    for each in cases {
      do {
        try check(each)
        add(each, refusal: nil)
      } catch {
        add(each, refusal: "\(error)")
      }
    }
  }

  private mutating func add(_ each: VectorCase, refusal: String?) {
    guard let result = each.result else {
      unexplained.append("tcId \(each.id): has no result that is known here")
      return
    }
    if refusal == nil {
      accepted[result, default: 0] += 1
    } else {
      refused[result, default: 0] += 1
    }
    let agrees =
      switch result {
      case .valid: refusal == nil
      case .invalid: refusal != nil
      case .acceptable: true
      }
    guard !agrees else { return }
    if let deviation = Deviation.all.first(where: { $0.covers(name, each) }) {
      explained += 1
      let outcome = refusal.map { "refused: \($0)" } ?? "accepted"
      reasons["\(deviation.reason) (\(outcome))", default: 0] += 1
      return
    }
    unexplained.append(
      "tcId \(each.id) (\(each.comment)) \(each.flags): \(result.rawValue), but "
        + (refusal.map { "refused: \($0)" } ?? "accepted"))
  }

  /// Counts, then each deviation.
  var text: String {
    func taken(_ result: VectorCase.Result, _ good: [VectorCase.Result: Int]) -> String {
      "\(good[result] ?? 0)/\((accepted[result] ?? 0) + (refused[result] ?? 0))"
    }
    var lines = [
      "\(name): \(count) tests; valid accepted \(taken(.valid, accepted)), invalid refused "
        + "\(taken(.invalid, refused)), acceptable accepted \(taken(.acceptable, accepted))"
    ]
    for (reason, times) in reasons.sorted(by: { $0.key < $1.key }) {
      lines.append("  \(times) deliberate: \(reason)")
    }
    lines += unexplained.map { "  UNEXPLAINED " + $0 }
    return lines.joined(separator: "\n")
  }
}
