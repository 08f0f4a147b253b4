import Cryptography
import Diagnostics
import JOSE
import OAuth
import ReverseProxy
import Tokens

/// An issuer outside, whose tokens say what a test wants.
struct TokenMint {
  static let issuer = "https://issuer.example"
  static let now = UnixTime(seconds: 1_800_000_000)

  private let signer: JWSSigner
  private let verifier: TokenVerifier

  init() throws {
    let key = try PrivateJWK(PrivateKey.generate(.p256), keyID: "k", algorithm: .es256)
    signer = try JWSSigner(key, .es256, type: "at+jwt")
    let trusted = TrustedIssuer(issuer: Self.issuer, keys: try JWKSet([key.publicHalf]))
    verifier = TokenVerifier(try TokenTrust(own: nil, foreign: [trusted]))
  }

  /// A token that was really signed and verified, from the members of its claims after `iss`.
  func verified(_ claims: String) throws -> VerifiedToken {
    let payload = "{\"iss\":\"\(Self.issuer)\",\"exp\":1800000060,\(claims)}"
    let text = try signer.sign(Array(payload.utf8))
    switch verifier.verify(text.span, at: Self.now) {
    case .verified(let token): return token
    case .refused(let refusal): throw refusal
    case .needsStorage, .needsKeys: throw UnexpectedLookup()
    }
  }
}

/// A signed token was taken for an opaque one.
struct UnexpectedLookup: Error {}

/// A policy from texts.
func policy(
  _ audience: String = "api", scopes: String = "api.read", issuers: [String] = []
) throws -> Route.Access {
  guard let audience = Audience(audience), let scopes = ScopeSet(parsing: scopes) else {
    throw InvalidPolicy()
  }
  return .token(TokenPolicy(audience: audience, scopes: scopes, issuers: issuers))
}

/// A test's policy does not parse.
struct InvalidPolicy: Error {}
