import ConformanceSupport
import Diagnostics
import JSON
import OAuth
import PluginHost
import Ports
import XCTest

/// What a grant may do wrong when it is asked, each survived and named.
final class AnswerTests: XCTestCase {
  private func library() throws -> BadLibrary {
    try BadLibrary("misbehaving", ["_DEFAULT_SOURCE"])
  }

  private func ask(
    _ grant: PluginGrant, _ behaviour: String, milliseconds: Int64 = 5000
  ) throws -> GrantDecision {
    try grant.decide(
      try .example(scopes: "api.read", ["behaviour": behaviour]),
      BuiltPlugins.context(milliseconds: milliseconds))
  }

  private func assertBroken(
    _ reason: String, _ grant: PluginGrant, _ behaviour: String, line: UInt = #line
  ) {
    XCTAssertThrowsError(try ask(grant, behaviour), behaviour, line: line) { error in
      guard case .broken(let found, let detail)? = error as? GrantFailure else {
        return XCTFail("\(behaviour): \(error)", line: line)
      }
      XCTAssertEqual(found.rawValue, reason, "\(behaviour): \(detail)", line: line)
      XCTAssertTrue(detail.contains("misbehaving"), detail, line: line)
    }
  }

  private func status(_ grant: PluginGrant, _ behaviour: String) throws -> Int64? {
    try ask(grant, behaviour).claims["status"]?.integer
  }

  func testEachBrokenAnswerFailsItsRequestByName() throws {
    let cases = [
      ("never", "plugin.no_answer"), ("twice", "plugin.answered_twice"),
      ("yes_and_no", "plugin.answered_twice"), ("null", "plugin.malformed_answer"),
      ("too_large", "plugin.too_large"), ("not_utf8", "plugin.not_utf8"),
      ("bad_json", "plugin.malformed_answer"), ("not_an_object", "plugin.malformed_answer"),
      ("reserved_claim", "plugin.reserved_name"), ("reserved_member", "plugin.reserved_name"),
      ("bad_scope", "plugin.malformed_answer"), ("missing_items", "plugin.malformed_answer"),
      ("short_struct", "plugin.malformed_answer"), ("asserted", "plugin.not_granted"),
      ("odd_subject", "plugin.malformed_answer"),
      ("negative_lifetime", "plugin.malformed_answer"), ("marks", "plugin.unsupported_answer"),
      ("null_text", "plugin.not_utf8"), ("odd_error", "plugin.malformed_answer"),
    ]
    let library = try library()
    for trustsPure in [true, false] {
      let grant = try library.grant(BadLibrary.entry(trustsPure: trustsPure))
      for (behaviour, reason) in cases { assertBroken(reason, grant, behaviour) }
      XCTAssertEqual(try ask(grant, "well").scopes?.description, "api.read")
    }
  }

  func testALateAnswerReachesNobody() throws {
    let grant = try library().grant()
    assertBroken("plugin.no_answer", grant, "late")
    for _ in 0..<20 { XCTAssertTrue(try ask(grant, "well").claims.isEmpty) }
    Thread.sleep(forTimeInterval: 0.2)
    XCTAssertEqual(try status(grant, "last_status"), 14)
  }

  func testAnswersToOtherCallsAreRefused() throws {
    let grant = try library().grant()
    XCTAssertEqual(try status(grant, "wrong_call"), 14)
    XCTAssertEqual(try status(grant, "text_for_another_call"), 14)
  }

  func testAStuckCallKeepsItsThreadAndTooManyMakeThePluginUnhealthy() throws {
    let grant = try library().grant(
      BadLibrary.entry(trustsPure: false, limits: PluginLimits(threads: 4, stuckCalls: 1)))
    for _ in 0..<2 {
      XCTAssertThrowsError(try ask(grant, "sleep", milliseconds: 50)) { error in
        guard case .broken(reason: .pluginDeadline, _)? = error as? GrantFailure else {
          return XCTFail("\(error)")
        }
      }
    }
    XCTAssertNotNil(grant.illness)
    XCTAssertThrowsError(try ask(grant, "well")) { error in
      guard case .unhealthy? = error as? GrantFailure else { return XCTFail("\(error)") }
    }
    Thread.sleep(forTimeInterval: 0.8)
    XCTAssertNil(grant.illness)
    XCTAssertNoThrow(try ask(grant, "well"))
  }

  func testAWiderScopeIsHandedOnToBeNarrowed() throws {
    let decision = try ask(try library().grant(), "wider_scope")
    XCTAssertEqual(decision.scopes?.description, "api.read admin.everything")
  }

  func testTheGrantSeesWhoTheClientIsAndWhatItMayGet() throws {
    let claims = try ask(try library().grant(), "look").claims
    XCTAssertEqual(claims["how"]?.string, "client_secret_basic")
    XCTAssertEqual(claims["allowed"]?.integer, 2)
    XCTAssertEqual(claims["client"]?.object?["client_id"]?.string, "demo-client")
    XCTAssertEqual(claims["client"]?.object?["scope"]?.string, "api.read api.write")
  }

  func testOnlyDeclaredParametersReachTheGrant() throws {
    let decision = try library().grant().decide(
      try .example([
        "behaviour": "count_parameters", "client_secret": "x", "undeclared": "y",
      ]), BuiltPlugins.context())
    XCTAssertEqual(decision.claims["status"]?.integer, 1)
  }

  func testADenialKeepsItsThreeTextsApart() throws {
    XCTAssertThrowsError(try ask(try library().grant(), "denied")) { error in
      guard case .denied(let denial)? = error as? GrantFailure else { return XCTFail("\(error)") }
      XCTAssertEqual(denial.code, .invalid_grant)
      XCTAssertEqual(denial.description, "No such voucher.")
      XCTAssertTrue(denial.detail.contains("printed by a child"))
    }
  }

  func testAnAssertedSubjectAndALifetimeGoThroughWhereTheyAreGranted() throws {
    let grant = try library().grant(BadLibrary.entry(capabilities: [.assertSubject]))
    guard case .asserted(let subject) = try ask(grant, "asserted").subject else {
      return XCTFail("not asserted")
    }
    XCTAssertEqual(subject.text, "somebody")
    XCTAssertEqual(try ask(grant, "lifetime").lifetimeCap?.seconds, 60)
  }
}
