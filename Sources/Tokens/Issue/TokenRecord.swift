internal import Cryptography
internal import Diagnostics
internal import OAuth
internal import Ports

/// The record of an opaque token: its claims under the hash of its text.
enum TokenRecord {
  /// The kind of the records of opaque tokens.
  static let kind = RecordKind("token")

  /// Where the token of a hash lies.
  static func key(_ hash: Digest256) -> RecordKey { RecordKey(kind: kind, key: hash.bytes) }

  /// The change that stores a token: it must be new, and ends with the token.
  static func put(_ claims: AccessTokenClaims, of token: OpaqueToken) -> Change {
    Change(
      key(SHA256.digest(token.text)),
      .put(value: claims.json, expiry: claims.expiry, indexes: indexes(claims)),
      expecting: .absent)
  }

  /// By what an operator or a revocation finds tokens.
  private static func indexes(_ claims: AccessTokenClaims) -> [IndexEntry] {
    [
      IndexEntry(name: "grant", value: Array(claims.grantID.utf8)),
      IndexEntry(name: "client", value: Array(claims.client.text.utf8)),
      IndexEntry(name: "subject", value: Array(claims.subject.text.utf8)),
    ]
  }
}
