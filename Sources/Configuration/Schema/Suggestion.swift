/// Finds what somebody who mistyped a name may have meant.
enum Suggestion {
  private static let longest = 64

  /// The known name nearest to another, if it is near enough to be meant.
  static func nearest(to name: String, among known: [String]) -> String? {
    let typed = Array(name.lowercased().utf8)
    guard !typed.isEmpty, typed.count <= longest else { return nil }
    let ranked = known.filter { $0.utf8.count <= longest }
      .map { (name: $0, distance: distance(typed, Array($0.lowercased().utf8))) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }),
      best.distance <= max(1, min(typed.count, best.name.utf8.count) / 3)
    else { return nil }
    return best.name
  }

  /// Insertions, deletions, exchanges and swaps of neighbours that turn one text into another.
  static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
    var beforeLast = [Int](repeating: 0, count: other.count + 1)
    var last = Array(0...other.count)
    for row in 0..<one.count {
      var current = [row + 1]
      for column in 0..<other.count {
        let same = one[row] == other[column]
        var best = min(
          last[column + 1] + 1, current[column] + 1, last[column] + (same ? 0 : 1))
        if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      (beforeLast, last) = (last, current)
    }
    return last[other.count]
  }
}
