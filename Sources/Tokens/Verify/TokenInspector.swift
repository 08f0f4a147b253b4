internal import Cryptography
internal import Diagnostics
internal import JOSE
public import JSON
public import Ports

/// What an operator may know of a token: more than whoever presents it is told.
public struct TokenInspection: Sendable {
  /// What it looks like: `jws`, `jwe`, `uuid`, or `unknown`.
  public let format: String
  /// The header of a JOSE object, as it stands there; nobody has vouched for it yet.
  public let header: JSONObject?
  /// What it says: verified if there is no refusal, else as it stands there.
  public let claims: JSONObject?
  /// The token, if it is good.
  public let token: VerifiedToken?
  /// Why it is not.
  public let refusal: TokenRefusal?
}

/// Looks at tokens for an operator, with the verifier that everybody is judged by.
///
/// Blocks on storage; safe from any thread.
public struct TokenInspector: Sendable {
  private let trust: TokenTrust
  private let store: any RecordStore
  /// Nothing is remembered: an operator asks for what holds now.
  private static let limits = TokenVerifierLimits(cacheEntries: 0)

  /// An inspector of tokens of these issuers and of a store.
  public init(_ trust: TokenTrust, store: any RecordStore) {
    self.trust = trust
    self.store = store
  }

  /// Everything that can be said of a text.
  public func inspect(_ text: [UInt8], _ context: CallContext) throws(StorageError)
    -> TokenInspection
  {
    let verifier = TokenVerifier(trust, limits: Self.limits)
    var verdict = verifier.verify(text.span, at: context.now)
    var stored: [UInt8]?
    if case .needsKeys = verdict {
      // What it cannot read now, it says: the key is unknown.
      _ = trust.own?.keys.refresh(at: context.now, submit: Self.here) { _ in }
      verdict = verifier.verify(text.span, at: context.now)
    }
    if case .needsStorage(let lookup) = verdict {
      let record = try store.get(lookup.key, context)
      stored = record?.value
      verdict = verifier.admit(lookup, record, at: context.now)
    }
    let (token, refusal) = Self.outcome(verdict)
    let segments = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let isJOSE = segments.count == 3 || segments.count == 5
    let written = segments.count == 3 ? Self.object(segments[1]) : nil
    return TokenInspection(
      format: format(text, segments.count), header: isJOSE ? Self.object(segments[0]) : nil,
      claims: (token?.claims ?? stored).flatMap(Self.object) ?? written, token: token,
      refusal: refusal)
  }

  /// The good tokens in storage that have a value on an axis, at most so many, and whether that is
  /// all.
  ///
  /// Only opaque tokens are stored: the others are nowhere.
  public func stored(
    _ axis: RevocationAxis, _ value: String, limit: Int, _ context: CallContext
  ) throws(StorageError) -> (tokens: [VerifiedToken], isAll: Bool) {
    let verifier = TokenVerifier(trust, limits: Self.limits)
    let entry = IndexEntry(name: axis.rawValue, value: Array(value.utf8))
    var tokens: [VerifiedToken] = []
    var cursor: RecordCursor?
    repeat {
      let page = try store.find(
        TokenRecord.kind, entry, after: cursor, limit: Self.page, context)
      for record in page.records {
        guard let hash = Digest256(record.key.key),
          case .verified(let token) = verifier.admit(
            TokenLookup(hash), record, at: context.now)
        else { continue }
        guard tokens.count < limit else { return (tokens, false) }
        tokens.append(token)
      }
      cursor = page.next
    } while cursor != nil
    return (tokens, true)
  }

  private static let page = 200

  @Sendable private static func here(_ work: @escaping @Sendable () -> Void) -> Bool {
    work()
    return true
  }

  private func format(_ text: [UInt8], _ segments: Int) -> String {
    if OpaqueToken.isWellFormed(text.span, trust.opaqueForm) { return "uuid" }
    return segments == 3 ? "jws" : segments == 5 ? "jwe" : "unknown"
  }

  private static func outcome(_ verdict: TokenVerdict) -> (VerifiedToken?, TokenRefusal?) {
    switch verdict {
    case .verified(let token): (token, nil)
    case .refused(let refusal): (nil, refusal)
    case .needsStorage: (nil, .unknown)
    case .needsKeys: (nil, .keyUnknown(nil))
    }
  }

  private static func object(_ segment: ArraySlice<UInt8>) -> JSONObject? {
    Base64.url.decode(String(decoding: segment, as: UTF8.self)).flatMap(object)
  }

  private static func object(_ text: [UInt8]) -> JSONObject? {
    // What is no JSON object is not shown, and why it is none the refusal says.
    try? JSONValue(parsing: text).object
  }
}
