import Diagnostics
import OAuth
import Tokens
import XCTest

/// The table against the plainest thing that could be right: a list that is searched from the start.
final class RevocationTableTests: XCTestCase {
  private struct Model {
    var entries: [Revocation] = []

    func isRevoked(_ values: [RevocationAxis: String], _ issuedAt: UnixTime, at now: UnixTime)
      -> Bool
    {
      entries.contains {
        values[$0.axis] == $0.value && issuedAt < $0.issuedBefore && now < $0.until
      }
    }
  }

  private func entry(
    _ axis: RevocationAxis, _ value: String, before: UnixTime, until: UnixTime, at now: UnixTime
  ) -> Revocation {
    Revocation(
      axis: axis, value: value, issuedBefore: before, until: until, recorded: now, origin: "test")
  }

  func testItSaysWhatAListSays() throws {
    let rig = try Rig()
    var random = SystemRandomNumberGenerator()
    let values = ["client", "somebody", "a", "b"]
    for _ in 0..<40 {
      var table = RevocationTable()
      var model = Model()
      let verifier = TokenVerifier(rig.trust)
      let start = rig.time.now
      for step in 0..<30 {
        rig.time.advance(by: Lifetime(milliseconds: Int64.random(in: 0...40_000, using: &random)))
        let now = rig.time.now
        let text = try rig.token(lifetime: .minutes(10))
        let token = try XCTUnwrap(verifier.verify(text, at: now).token)
        let own: [RevocationAxis: String] = [
          .token: token.id ?? "", .grant: token.grantID ?? "", .client: "client",
          .subject: "somebody",
        ]
        if Bool.random(using: &random) {
          let axis = RevocationAxis.allCases.randomElement(using: &random) ?? .token
          let value =
            Bool.random(using: &random)
            ? own[axis] ?? "s" : values.randomElement(using: &random) ?? "a"
          let before = start + Lifetime(milliseconds: Int64.random(in: 0...600_000, using: &random))
          // As entries are made: they end when the last token that they hit has.
          let made = entry(axis, value, before: before, until: now + .minutes(11), at: now)
          table.insert(made)
          model.entries.append(made)
        }
        if step % 7 == 0 { _ = table.removeEnded(at: now, limit: 1000) }
        let expected = model.isRevoked(own, token.issuedAt ?? now, at: now)
        XCTAssertEqual(table.entry(revoking: token) != nil, expected, "step \(step)")
      }
    }
  }

  func testWhatHasEndedGoesInStepsAndWhatHasNotStays() {
    var table = RevocationTable()
    let now = UnixTime(seconds: 1_800_000_000)
    for index in 0..<2500 {
      table.insert(
        entry(.token, "\(index)", before: now, until: now + .seconds(Int64(index)), at: now))
    }
    let later = now + .seconds(1250)
    var steps = 0
    while !table.removeEnded(at: later, limit: 100) { steps += 1 }
    XCTAssertGreaterThan(steps, 5)
    XCTAssertLessThanOrEqual(table.count, 1250 + 60, "what ended up to a minute ago may remain")
    XCTAssertNotNil(table[.token, "1251"])
    XCTAssertNil(table[.token, "100"])
  }

  func testALaterEntryNeverGivesBackWhatAnEarlierTook() {
    var table = RevocationTable()
    let now = UnixTime(seconds: 1_800_000_000)
    table.insert(entry(.client, "c", before: now, until: now + .minutes(9), at: now))
    table.insert(
      entry(
        .client, "c", before: UnixTime(seconds: now.seconds - 5), until: now + .minutes(1), at: now)
    )
    XCTAssertEqual(table[.client, "c"]?.issuedBefore, now)
    XCTAssertEqual(table[.client, "c"]?.until, now + .minutes(9))
    _ = table.removeEnded(at: now + .minutes(5), limit: 10)
    XCTAssertNotNil(table[.client, "c"])
  }
}
