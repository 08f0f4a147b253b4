import Diagnostics
import JOSE
import OAuth
import Ports
import Synchronization
import Tokens
import XCTest

/// A token of a key that another process made a moment ago is no stranger's; one reading tells.
final class KeyRefreshTests: XCTestCase {
  func testATokenOfAnotherProcesssNewKeyIsAcceptedAfterOneReading() throws {
    let here = try Rig()
    let verifier = TokenVerifier(here.trust)
    let there = try Rig(
      records: here.records, time: here.time, policy: Rig.policy(algorithms: [.es256, .es384]))
    let token = try there.token(.jws, .es384)
    XCTAssertTrue(verifier.verify(token, at: here.time.now).asksForKeys)
    XCTAssertTrue(here.ring.refreshNow(at: here.time.now))
    XCTAssertNotNil(verifier.verify(token, at: here.time.now).token)
  }

  func testAStrangersKeyIdsCauseFewReadings() throws {
    let rig = try Rig()
    let verifier = TokenVerifier(rig.trust)
    let forged = try Rig().token()
    var readings = 0
    for _ in 0..<1000 {
      let verdict = verifier.verify(forged, at: rig.time.now)
      if verdict.asksForKeys {
        readings += 1
        rig.ring.refreshNow(at: rig.time.now)
      } else {
        XCTAssertEqual(verdict.refusal?.code, .tokenKeyUnknown)
      }
      rig.time.advance(by: Lifetime(milliseconds: 1))
    }
    XCTAssertEqual(readings, 4)
  }

  func testAllWhoAskMeanwhileShareOneReading() throws {
    let rig = try Rig()
    let pending = Mutex<[@Sendable () -> Void]>([])
    let called = Atomic<Int>(0)
    func ask() -> Bool {
      rig.ring.refresh(
        at: rig.time.now,
        submit: { work in
          pending.withLock { $0.append(work) }
          return true
        },
        then: { result in
          if case .success = result { called.wrappingAdd(1, ordering: .relaxed) }
        })
    }
    for _ in 0..<1024 { XCTAssertTrue(ask()) }
    XCTAssertFalse(ask(), "too many wait")
    XCTAssertTrue(rig.ring.mayKnowMore(at: rig.time.now))
    let work = pending.withLock { $0 }
    XCTAssertEqual(work.count, 1)
    work[0]()
    XCTAssertEqual(called.load(ordering: .relaxed), 1024)
    XCTAssertFalse(rig.ring.mayKnowMore(at: rig.time.now))
    XCTAssertFalse(ask())
    rig.time.advance(by: Lifetime(milliseconds: 250))
    XCTAssertTrue(ask())
  }

  func testAFailedReadingAndAFullPoolAreSaid() throws {
    let rig = try Rig()
    let failures = Mutex<[KeyRingError]>([])
    func ask(_ submit: (@escaping @Sendable () -> Void) -> Bool) {
      _ = rig.ring.refresh(
        at: rig.time.now, submit: submit,
        then: { result in
          if case .failure(let error) = result { failures.withLock { $0.append(error) } }
        })
    }
    ask { _ in false }
    rig.time.advance(by: .seconds(1))
    rig.records.fail(afterCalls: 0)
    ask { work in
      work()
      return true
    }
    XCTAssertEqual(
      failures.withLock { $0 }, [.storage(.busy), .storage(.unavailable("as the test asked"))])
  }

  func testAForeignIssuersUnknownKeyIsRefusedAtOnce() throws {
    let foreign = try Rig()
    let keys = try JWKSet(parsing: foreign.ring.snapshot.document.bytes)
    let trust = try TokenTrust(
      own: nil, foreign: [TrustedIssuer(issuer: Rig.name, keys: keys)])
    let token = try Rig().token()
    XCTAssertEqual(
      TokenVerifier(trust).verify(token, at: foreign.time.now).refusal?.code, .tokenKeyUnknown)
  }
}
