import ConformanceSupport
import JSON
import OAuth
import PluginHost
import Ports
import XCTest

/// What is refused when the library says who it is.
final class NegotiationTests: XCTestCase {
  func testEachBrokenDescriptorIsRefusedByName() throws {
    let cases: [(macros: [String], code: String, text: String)] = [
      (["NO_SYMBOL"], "plugin.no_symbol", "sallyport_plugin"),
      (["DECLINES"], "plugin.declined", "1.0"),
      (["MAGIC=0x12345678u"], "plugin.wrong_magic", "0x12345678"),
      (["MAJOR=2u"], "plugin.wrong_major", "2.x"),
      (["MAJOR=0u"], "plugin.wrong_major", "0.x"),
      (["MINOR=9u"], "plugin.newer_minor", "1.9"),
      (["DESCRIPTOR_SIZE=24"], "plugin.too_short", "24"),
      (["TABLE_SIZE=16"], "plugin.too_short", "sp_grant"),
      (["DECIDE=0"], "plugin.missing_function", "sp_grant.decide"),
      (["OFFERS=0"], "plugin.malformed", "offers"),
      (["OFFERS=65"], "plugin.malformed", "offers"),
      (["NAME=\"Big Name\""], "plugin.malformed", "name"),
      (["SCHEMA=\"[]\""], "plugin.malformed", "config_schema"),
      (["SCHEMA=\"{\""], "plugin.malformed", "config_schema"),
      (["GRANT_TYPE=\"\""], "plugin.malformed", "grant_type"),
      (["PARAMETER=\"client_secret\""], "plugin.malformed", "parameter"),
      (["OFFER_KIND=SP_OFFER_STORAGE"], "plugin.too_short", "sp_storage"),
    ]
    for (macros, code, text) in cases {
      let library = try BadLibrary("refused", macros)
      assertRefused(code, naming: text) { _ = try library.load() }
      assertRefused(code, naming: library.path) { _ = try library.load() }
    }
  }

  func testKindsThatTheHostDoesNotKnowArePassedOver() throws {
    let plugin = try BadLibrary("refused", ["OFFER_KIND=999"]).load()
    XCTAssertTrue(plugin.grants.isEmpty)
    assertRefused("plugin.no_offer", naming: "grant") {
      _ = try plugin.makeGrants(BadLibrary.entry(), BuiltPlugins.context())
    }
    assertRefused("plugin.no_offer", naming: "storage") {
      _ = try plugin.openStorage(BadLibrary.entry(), BuiltPlugins.context())
    }
  }

  func testOptionsAgainstTheSchemaAreRefusedWithTheirPlace() throws {
    let library = try BadLibrary("refused")
    let cases: [(JSONObject, String)] = [
      (["issuer": 7], "/issuer: found 7, expected string"),
      (["issuer": "ab"], "/issuer: found \"ab\", expected minLength 3"),
      (["issuers": "abc"], "/issuers: there is no option \"issuers\"; there are: issuer"),
    ]
    for (options, message) in cases {
      assertRefused("plugin.configuration_refused", naming: message) {
        _ = try library.grant(BadLibrary.entry(options))
      }
    }
    XCTAssertNoThrow(try library.grant(BadLibrary.entry(["issuer": "abc"])))
  }

  func testWhatThePluginItselfRefusesIsToldWithItsPlace() throws {
    let validate = try BadLibrary("refused", ["FAILING_VALIDATE"])
    assertRefused("plugin.configuration_refused", naming: "/issuer: no such issuer") {
      _ = try validate.grant()
    }
    let create = try BadLibrary("refused", ["FAILING_CREATE"])
    assertRefused("plugin.creation_failed", naming: "out of paper") { _ = try create.grant() }
    assertRefused("plugin.creation_failed", naming: "unavailable") { _ = try create.grant() }
  }

  func testTwoPluginsOfOneGrantTypeAreRefusedWithBothNames() throws {
    let first = try BadLibrary("refused")
    let second = try BadLibrary("refused")
    let entries = try [first, second].map { library in
      GrantCatalogue.Entry(grant: try library.grant(), trustedAsPure: true, source: library.path)
    }
    XCTAssertThrowsError(try GrantCatalogue(entries)) { error in
      XCTAssertTrue("\(error)".contains(first.path), "\(error)")
      XCTAssertTrue("\(error)".contains(second.path), "\(error)")
    }
  }

  func testAGrantOfAnUnknownTypeIsAsGoodAsAnyOther() throws {
    let grant = try BadLibrary("refused").grant()
    XCTAssertEqual(grant.declaration.grantType.text, "urn:example:grant-type:voucher")
    let decision = try grant.decide(
      try TokenRequest.example(scopes: "api.read", ["voucher": "7"]), BuiltPlugins.context())
    XCTAssertEqual(decision.scopes?.description, "api.read")
  }

  func testAPluginOfALaterMinorIsUnderstoodByItsSizes() throws {
    let grant = try BadLibrary("grown").grant()
    XCTAssertEqual(grant.declaration.parameters.map(\.name), ["first", "second"])
    XCTAssertEqual(grant.declaration.parameters.map(\.isRequired), [true, false])
    XCTAssertEqual(grant.declaration.parameters.map(\.isSecret), [false, true])
    let decision = try grant.decide(
      try .example(["first": "one", "second": "two"]), BuiltPlugins.context())
    XCTAssertEqual(decision.scopes?.description, "two")
  }

  func testAReplacementThatAlwaysDeniesStopsAllTokens() throws {
    let grant = try BadLibrary("always-deny").grant()
    XCTAssertEqual(grant.declaration.grantType.text, "client_credentials")
    XCTAssertThrowsError(
      try grant.decide(try TokenRequest.example(), BuiltPlugins.context())
    ) { error in
      guard case .denied(let denial)? = error as? GrantFailure else { return XCTFail("\(error)") }
      XCTAssertEqual(denial.code, .access_denied)
      XCTAssertTrue(denial.detail.contains("always-deny is loaded"))
      XCTAssertFalse(denial.description.contains("loaded"))
    }
  }
}
