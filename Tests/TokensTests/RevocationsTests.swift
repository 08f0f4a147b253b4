import Diagnostics
import OAuth
import Ports
import Synchronization
import Tokens
import XCTest

extension TokenVerdict {
  /// The axis of the entry by which it is revoked, or nil.
  fileprivate var revokedAxis: RevocationAxis? {
    if case .refused(.revoked(let entry)) = self { entry.axis } else { nil }
  }
}

/// Revocations over storage: durable, at once for every verifier, followed by other processes.
final class RevocationsTests: XCTestCase {
  /// A process: its own table and verifier on the rig's storage.
  private struct Process {
    let revocations: Revocations
    let issuer: TokenIssuer
    let verifier: TokenVerifier
    let otherLoop: TokenVerifier

    init(_ rig: Rig) throws {
      revocations = try Revocations(store: rig.records, clock: rig.time.clock) { work in
        work()
        return true
      }
      let name = try XCTUnwrap(Issuer(Rig.name))
      issuer = TokenIssuer(issuer: name, keys: rig.ring, revocations: revocations)
      let trust = try TokenTrust(own: (name, rig.ring), foreign: [], revocations: revocations)
      let limits = TokenVerifierLimits(opaqueLifetime: .minutes(5))
      verifier = TokenVerifier(trust, limits: limits)
      otherLoop = TokenVerifier(trust, limits: limits)
    }

    func revoke(_ target: RevocationTarget, with changes: [Change] = []) -> StorageError? {
      let failure = Mutex<StorageError?>(nil)
      revocations.revoke([target], with: changes, by: "test") { result in
        if case .failure(let error) = result { failure.withLock { $0 = error } }
      }
      return failure.withLock { $0 }
    }

    func issue(_ rig: Rig, _ format: TokenFormat = .jws) throws -> [UInt8] {
      let prepared = try issuer.prepare(Rig.authorization(format), at: rig.time.now)
      _ = try rig.records.applyAndWait(prepared.changes, rig.context)
      return Array(prepared.accessToken.reveal().utf8)
    }
  }

  func testEveryAxisIsRefusedByEveryVerifierAtOnce() throws {
    let rig = try Rig()
    let process = try Process(rig)
    let client = try XCTUnwrap(ClientID("client"))
    let subject = try XCTUnwrap(Subject("somebody"))
    for axis in [RevocationAxis.token, .grant, .client, .subject] {
      let text = try process.issue(rig)
      let token = try XCTUnwrap(process.verifier.verify(text, at: rig.time.now).token)
      XCTAssertNotNil(process.otherLoop.verify(text, at: rig.time.now).token)
      let target: RevocationTarget =
        switch axis {
        case .token: .token(token.id ?? "", until: token.expiry)
        case .grant: .grant(token.grantID ?? "")
        case .client: .client(client)
        case .subject, .session: .subject(subject)
        }
      XCTAssertNil(process.revoke(target))
      for verifier in [process.verifier, process.otherLoop] {
        XCTAssertEqual(verifier.verify(text, at: rig.time.now).revokedAxis, axis)
      }
      rig.time.advance(by: .seconds(2))
    }
  }

  func testWhatIsIssuedInTheSameSecondAfterwardsIsGood() throws {
    let rig = try Rig()
    let process = try Process(rig)
    rig.time.advance(by: Lifetime(milliseconds: 300))
    let before = try process.issue(rig)
    XCTAssertNil(process.revoke(.client(try XCTUnwrap(ClientID("client")))))
    let after = try process.issue(rig)
    XCTAssertEqual(process.verifier.verify(before, at: rig.time.now).revokedAxis, .client)
    let token = try XCTUnwrap(process.verifier.verify(after, at: rig.time.now).token)
    XCTAssertEqual(token.issuedAt, UnixTime(seconds: rig.time.now.seconds + 1))
    XCTAssertEqual(token.expiry, UnixTime(seconds: rig.time.now.seconds + 601))
    // Later ones are dated as usual.
    rig.time.advance(by: .seconds(5))
    let later = try XCTUnwrap(process.verifier.verify(process.issue(rig), at: rig.time.now).token)
    XCTAssertEqual(later.issuedAt?.seconds, rig.time.now.seconds)
  }

  /// A token dated to the next second by one revocation is not spared by another in this second.
  func testASecondRevocationInTheSameSecondHitsWhatTheFirstDatedAhead() throws {
    let rig = try Rig()
    let process = try Process(rig)
    let client = RevocationTarget.client(try XCTUnwrap(ClientID("client")))
    let subject = RevocationTarget.subject(try XCTUnwrap(Subject("somebody")))
    for target in [client, subject, client, client, subject] {
      let before = try process.issue(rig)
      XCTAssertNotNil(process.verifier.verify(before, at: rig.time.now).token)
      XCTAssertNil(process.revoke(target))
      XCTAssertEqual(
        process.verifier.verify(before, at: rig.time.now).revokedAxis == nil, false)
    }
    XCTAssertNotNil(process.verifier.verify(try process.issue(rig), at: rig.time.now).token)
  }

  func testManyRevocationsInASecondDateNothingFarAhead() throws {
    let rig = try Rig()
    let process = try Process(rig)
    let client = try XCTUnwrap(ClientID("client"))
    let subject = try XCTUnwrap(Subject("somebody"))
    var refused = 0
    for _ in 0..<90 {
      for target in [RevocationTarget.client(client), .subject(subject)]
      where process.revoke(target) == .busy { refused += 1 }
    }
    XCTAssertGreaterThan(refused, 0)
    let token = try process.issue(rig)
    XCTAssertNotNil(process.verifier.verify(token, at: rig.time.now).token, "dated too far ahead")
    rig.time.advance(by: .seconds(20))
    XCTAssertNil(process.revoke(.client(client)), "time makes room again")
  }

  /// A thousand clients deleted in a second date nobody's tokens far ahead.
  func testRevocationsOfOthersDateNothingAhead() throws {
    let rig = try Rig()
    let process = try Process(rig)
    for index in 0..<1000 {
      XCTAssertNil(process.revoke(.client(try XCTUnwrap(ClientID("c\(index)")))))
    }
    XCTAssertNil(process.revoke(.client(try XCTUnwrap(ClientID("client")))))
    let token = process.verifier.verify(try process.issue(rig), at: rig.time.now).token
    XCTAssertEqual(try XCTUnwrap(token).issuedAt?.seconds, rig.time.now.seconds + 1)
  }

  func testANewProcessKnowsWhatWasRevokedBefore() throws {
    let rig = try Rig()
    let first = try Process(rig)
    let text = try first.issue(rig)
    let token = try XCTUnwrap(first.verifier.verify(text, at: rig.time.now).token)
    XCTAssertNil(first.revoke(.grant(token.grantID ?? "")))
    let second = try Process(rig)
    XCTAssertEqual(second.verifier.verify(text, at: rig.time.now).revokedAxis, .grant)
  }

  func testProcessesFollowEachOtherWhoeverWrites() throws {
    let rig = try Rig()
    let processes = [try Process(rig), try Process(rig), try Process(rig)]
    for round in 0..<12 {
      let text = try processes[0].issue(rig)
      for each in processes { XCTAssertNotNil(each.verifier.verify(text, at: rig.time.now).token) }
      let writer = processes[round % 3]
      let token = try XCTUnwrap(writer.verifier.verify(text, at: rig.time.now).token)
      // The writer may not have heard of the round before: it learns of it on the way.
      XCTAssertNil(writer.revoke(.token(token.id ?? "", until: token.expiry)))
      XCTAssertEqual(writer.revocations.count, round + 1)
      if round % 2 == 1 { for each in processes { try each.revocations.poll() } }
    }
    for each in processes {
      try each.revocations.poll()
      XCTAssertEqual(each.revocations.count, 12)
    }
  }

  func testAnIdleFeedCostsOneReadAPoll() throws {
    let rig = try Rig()
    let process = try Process(rig)
    XCTAssertNil(process.revoke(.grant("g")))
    try process.revocations.poll()
    rig.records.fail(afterCalls: 1)
    XCTAssertNoThrow(try process.revocations.poll())
    XCTAssertThrowsError(try process.revocations.poll())
  }

  func testASilentFeedIsAFaultAndEndsTheBeliefInCachedRecords() throws {
    let rig = try Rig()
    let process = try Process(rig)
    let text = try process.issue(rig, .uuid)
    let lookup = try XCTUnwrap(process.verifier.verify(text, at: rig.time.now).lookup)
    let record = try rig.records.get(lookup.key, rig.context)
    XCTAssertNotNil(process.verifier.admit(lookup, record, at: rig.time.now).token)
    XCTAssertNotNil(process.verifier.verify(text, at: rig.time.now).token)
    rig.time.advance(by: Revocations.freshness)
    rig.time.advance(by: Lifetime(milliseconds: 1))
    XCTAssertNotNil(process.verifier.verify(text, at: rig.time.now).lookup, "storage is asked")
    XCTAssertNil(process.revocations.fault)
    try process.revocations.poll()
    XCTAssertNotNil(process.verifier.verify(text, at: rig.time.now).token)
    rig.records.fail(afterCalls: 0)
    XCTAssertThrowsError(try process.revocations.poll())
    rig.time.advance(by: .seconds(6))
    XCTAssertNotNil(process.revocations.fault)
    rig.records.fail(afterCalls: .max)
    try process.revocations.poll()
    XCTAssertNil(process.revocations.fault)
  }

  func testAnOpaqueTokenGoesWithItsRecordInOneCommit() throws {
    let rig = try Rig()
    let process = try Process(rig)
    let text = try process.issue(rig, .uuid)
    let lookup = try XCTUnwrap(process.verifier.verify(text, at: rig.time.now).lookup)
    let record = try rig.records.get(lookup.key, rig.context)
    let token = try XCTUnwrap(process.verifier.admit(lookup, record, at: rig.time.now).token)
    process.revocations.revoke(token, by: "test") { _ in }
    XCTAssertNil(try rig.records.get(lookup.key, rig.context))
    XCTAssertEqual(process.verifier.verify(text, at: rig.time.now).revokedAxis, .token)
    // A look-up that was under way when it was revoked comes too late.
    XCTAssertEqual(
      process.otherLoop.admit(lookup, record, at: rig.time.now).revokedAxis, .token)
  }

  func testACallersConflictRevokesNothingAndHarmsNobodyElse() throws {
    let rig = try Rig()
    let process = try Process(rig)
    let key = RecordKey(kind: RecordKind("thing"), key: [1])
    let change = Change(key, .check, expecting: .exact(RecordVersion(77)))
    XCTAssertEqual(
      process.revoke(.grant("a"), with: [change]), .conflict(change: 2),
      "the change's place in the commit")
    XCTAssertEqual(process.revocations.count, 0)
    XCTAssertNil(process.revoke(.grant("b")))
    XCTAssertEqual(process.revocations.count, 1)
  }

  func testEveryFailureOfStorageLeavesItWhole() throws {
    for calls in 0..<6 {
      let rig = try Rig()
      let process = try Process(rig)
      let other = try Process(rig)
      XCTAssertNil(other.revoke(.grant("elsewhere")))
      rig.records.fail(afterCalls: calls)
      let failure = process.revoke(.grant("g"))
      rig.records.fail(afterCalls: .max)
      let fresh = try Process(rig)
      XCTAssertEqual(fresh.revocations.count, failure == nil ? 2 : 1, "\(calls) calls")
      XCTAssertNil(process.revoke(.grant("h")))
      try other.revocations.poll()
      XCTAssertEqual(other.revocations.count, failure == nil ? 3 : 2)
    }
  }

  func testMoreThanMayWaitIsRefused() throws {
    let rig = try Rig()
    let held = Mutex<[@Sendable () -> Void]>([])
    let revocations = try Revocations(store: rig.records, clock: rig.time.clock) { work in
      held.withLock { $0.append(work) }
      return true
    }
    let results = Mutex((done: 0, busy: 0))
    for index in 0...Revocations.capacity {
      revocations.revoke([.grant("\(index)")], by: "test") { result in
        results.withLock { results in
          if case .success = result { results.done += 1 } else { results.busy += 1 }
        }
      }
    }
    XCTAssertEqual(results.withLock { $0.busy }, 1)
    XCTAssertEqual(held.withLock { $0.count }, 1, "one thread stores for all")
    for work in held.withLock({ $0 }) { work() }
    XCTAssertEqual(results.withLock { $0.done }, Revocations.capacity)
    XCTAssertEqual(revocations.count, Revocations.capacity)
  }
}
