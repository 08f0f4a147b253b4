import Diagnostics
import JOSE
import Tokens
import XCTest

final class RotationTests: XCTestCase {
  /// Two processes on one storage, and verifiers elsewhere that keep the JWK Set exactly as long as
  /// they may, one for each moment of fetching it: through a dozen rotations no token is refused.
  func testNoTokenIsRefusedByAVerifierThatCachesForMaxAge() throws {
    let step = Lifetime.seconds(7)
    let policy = try KeyPolicy(
      algorithms: [.es256], rotation: .minutes(20), documentLifetime: .minutes(1), refresh: step,
      longestToken: .minutes(10))
    let first = try Rig(policy: policy)
    let second = try Rig(records: first.records, time: first.time, policy: policy)
    // Their copies live for nine steps; at each step one of them fetches.
    var verifiers = (0..<9).map { CachingVerifier(phase: $0 * 7) }
    var kept: [(token: [UInt8], ends: UnixTime)] = []
    var signers: Set<String> = []
    for round in 0..<(4 * 3600 / 7) {
      first.time.advance(by: step)
      let now = first.time.now
      try first.ring.maintain()
      // The policy lets a process read the ring as late as its refresh interval after a change.
      let stale = second.ring.snapshot
      try second.ring.maintain()
      for index in verifiers.indices { try verifiers[index].refresh(from: stale, at: now) }
      guard round % 4 == 0 else { continue }
      for rig in [first, second] {
        signers.insert(try rig.ring.signingKey(.es256).id)
        kept.append((try rig.token(), now + .minutes(10)))
      }
      kept.removeAll { $0.ends <= now }
      for (token, _) in kept.suffix(2) + kept.prefix(1) {
        for verifier in verifiers { try verifier.verify(token, at: now) }
      }
    }
    XCTAssertGreaterThan(signers.count, 10)
    XCTAssertLessThanOrEqual(first.ring.snapshot.keys.count, 3)
  }
}

/// Somebody else's verifier: it fetches the JWK Set when its copy has expired, and at no other time.
private struct CachingVerifier {
  private var keys: JWKSet?
  private var fresh = UnixTime(milliseconds: 0)
  private let phase: Int64

  init(phase: Int64) { self.phase = phase }

  mutating func refresh(from snapshot: KeyRingSnapshot, at now: UnixTime) throws {
    guard now >= fresh else { return }
    let first = keys == nil
    keys = try JWKSet(parsing: snapshot.document.bytes)
    fresh = now + snapshot.document.maxAge - Lifetime.seconds(first ? phase : 0)
  }

  func verify(_ token: [UInt8], at now: UnixTime) throws {
    let verified = try VerifiedJWS(
      verifying: token, with: try XCTUnwrap(keys), algorithms: [.es256])
    try JWTClaims(parsing: verified.payload).check(
      at: now, leeway: .seconds(0), issuedAtTolerance: .seconds(0))
  }
}
