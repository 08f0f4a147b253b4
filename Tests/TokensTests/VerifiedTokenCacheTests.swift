import Cryptography
import Diagnostics
import Tokens
import XCTest

final class VerifiedTokenCacheTests: XCTestCase {
  private let now = UnixTime(seconds: 1_800_000_000)

  private func token() throws -> VerifiedToken {
    let rig = try Rig()
    return try XCTUnwrap(TokenVerifier(rig.trust).verify(try rig.token(), at: rig.time.now).token)
  }

  /// Hashes that all want the same slot, so that each probe is as long as it can be.
  private func crowded(_ index: Int) -> Digest256 {
    Digest256(words: (UInt64(index % 3) << 32, UInt64(index), 0, 0))
  }

  func testItAgreesWithADictionaryWhateverIsDone() throws {
    let token = try token()
    var cache = VerifiedTokenCache(TokenVerifierLimits(cacheEntries: 10_000))
    var model: [Digest256: Int64] = [:]
    var random = SystemRandomNumberGenerator()
    for round in 0..<20_000 {
      let hash = crowded(Int.random(in: 0..<200, using: &random))
      let time = now + .seconds(Int64(round / 100))
      switch Int.random(in: 0..<3, using: &random) {
      case 0:
        let life = Int64.random(in: 1...50, using: &random)
        cache.insert(token, hash, until: time + .seconds(life), at: time)
        model[hash] = (time + .seconds(life)).milliseconds
      default:
        let expected = model[hash].map { time.milliseconds < $0 } ?? false
        XCTAssertEqual(cache.token(hash, at: time) != nil, expected)
        if !expected { model[hash] = nil }
      }
    }
    XCTAssertLessThanOrEqual(cache.count, 200)
  }

  func testItNeverHoldsMoreThanItsLimits() throws {
    let token = try token()
    var cache = VerifiedTokenCache(TokenVerifierLimits(cacheEntries: 100))
    for index in 0..<5_000 {
      let hash = SHA256.digest([UInt8(index >> 8), UInt8(index & 0xff)])
      cache.insert(token, hash, until: now + .minutes(1), at: now)
      XCTAssertNotNil(cache.token(hash, at: now), "the newest is always there")
      XCTAssertLessThanOrEqual(cache.count, 100)
    }
    XCTAssertEqual(cache.count, 100)
    let cost = cache.bytes / cache.count
    var small = VerifiedTokenCache(TokenVerifierLimits(cacheBytes: cost * 5))
    for index in 0..<100 {
      small.insert(token, SHA256.digest([UInt8(index)]), until: now + .minutes(1), at: now)
      XCTAssertLessThanOrEqual(small.bytes, cost * 5)
    }
    XCTAssertEqual(small.count, 5)
    var none = VerifiedTokenCache(TokenVerifierLimits(cacheEntries: 0))
    none.insert(token, SHA256.digest([1]), until: now + .minutes(1), at: now)
    XCTAssertEqual(none.count, 0)
  }

  func testItForgetsEverythingWhenTold() throws {
    let token = try token()
    var cache = VerifiedTokenCache(.default)
    for index in 0..<200 {
      cache.insert(token, SHA256.digest([UInt8(index)]), until: now + .minutes(1), at: now)
    }
    XCTAssertEqual(cache.count, 200)
    cache.removeAll()
    XCTAssertEqual(cache.count, 0)
    XCTAssertEqual(cache.bytes, 0)
    for index in 0..<200 { XCTAssertNil(cache.token(SHA256.digest([UInt8(index)]), at: now)) }
  }
}
