public import JOSE
public import OAuth

/// A key of a protected resource that we hold too: it opens what was encrypted to the resource.
public struct ResourceDecrypter: Sendable {
  /// The resource: what it opens must be for it.
  public let audience: Audience
  /// The key, with what it may be used for.
  public let decrypter: JWEDecrypter

  /// A resource's key.
  public init(audience: Audience, decrypter: JWEDecrypter) {
    self.audience = audience
    self.decrypter = decrypter
  }
}

/// The token inside an encrypted one, and whose key opened it.
struct NestedToken {
  /// The text: a compact JWS by its form, and nothing more yet.
  let text: [UInt8]
  let opener: Opener

  /// Whose key it was.
  enum Opener {
    /// Ours, which nobody else has.
    case ourselves
    /// A resource's, to which anybody may encrypt.
    case resource(Audience)
  }

  /// What the claims must say of issuer and audience.
  func check(_ token: VerifiedToken) throws(TokenRefusal) {
    switch opener {
    case .ourselves:
      guard token.isOwn else { throw .issuer(token.issuer) }
    case .resource(let audience):
      guard token.audiences.contains(audience) else { throw .recipient(audience) }
    }
  }
}

/// The keys that open encrypted tokens: ours, and those of the resources that we guard.
///
/// The header's `kid` only chooses among them; `alg` and `enc` must be those of the key.
struct TokenDecrypters {
  private let own: [JWEDecrypter]
  private let resources: [ResourceDecrypter]

  /// How many keys a token without `kid` is tried with at most: each may cost an RSA operation.
  private static let attemptLimit = 8

  init(own: [EncryptionKey] = [], resources: [ResourceDecrypter]) {
    self.own = own.map(\.decrypter)
    self.resources = resources
  }

  /// Opens a compact JWE; nil if it may be under a key of ours that is not known here.
  func open(
    _ text: Span<UInt8>, limit: Int, isRingWhole: Bool
  ) throws(TokenRefusal) -> NestedToken? {
    let (parts, header) = try Self.read(text, limit: limit)
    // "the value of this Header Parameter MUST be "JWT"" where a JWT is nested (RFC 7519 5.2).
    guard header.isContentType("JWT") else { throw .nested }
    var refusal = TokenRefusal.decryptionKeyUnknown(header.keyID)
    for candidate in candidates(header.keyID) {
      do throws(JWEError) {
        let inner = try candidate.decrypter.decrypt(text, parts, header)
        // Nested once: what is inside must be signed, and not encrypted again.
        guard inner.span.segmentCount == 3 else { throw JWEError.segmentCount }
        return NestedToken(text: inner, opener: candidate.opener)
      } catch {
        if case .segmentCount = error { throw .nested }
        refusal = .encrypted(error)
      }
    }
    if case .decryptionKeyUnknown = refusal, !isRingWhole, OwnEncryption.isNamed(by: header) {
      return nil
    }
    throw refusal
  }

  private static func read(
    _ text: Span<UInt8>, limit: Int
  ) throws(TokenRefusal) -> (CompactJWE, JWEHeader) {
    do {
      let parts = try CompactJWE(splitting: text, limit: limit)
      return (parts, try JWEHeader(decoding: text.extracting(parts.header)))
    } catch {
      throw .encrypted(error)
    }
  }

  /// The keys of a name; for a token that names none, those of resources, for our own always do.
  private func candidates(
    _ keyID: String?
  ) -> [(decrypter: JWEDecrypter, opener: NestedToken.Opener)] {
    let theirs = resources.filter { resource in
      guard let keyID else { return true }
      return resource.decrypter.keyID.map { $0.utf8.elementsEqual(keyID.utf8) } ?? false
    }
    let ours = own.filter { decrypter in
      keyID.map { decrypter.keyID?.utf8.elementsEqual($0.utf8) ?? false } ?? false
    }
    return ours.map { ($0, .ourselves) }
      + theirs.prefix(Self.attemptLimit).map { ($0.decrypter, .resource($0.audience)) }
  }
}

extension Span<UInt8> {
  /// How many segments the dots of a compact serialization make.
  var segmentCount: Int {
    var count = 1
    for index in indices where self[index] == UInt8(ascii: ".") { count += 1 }
    return count
  }
}
