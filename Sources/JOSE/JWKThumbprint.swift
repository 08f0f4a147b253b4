public import Cryptography
internal import JSON

/// The thumbprint of a key (RFC 7638): the same for every text of the same key.
public struct JWKThumbprint: Sendable {
  /// The required members only, in lexicographic order, without white space.
  private let input: [UInt8]

  /// The thumbprint of a key whose required members are these.
  init(of required: JSONObject) {
    let members = required.members.sorted { $0.name < $1.name }
    input = JSONValue.object(JSONObject(members.map { ($0.name, $0.value) })).serialized()
  }

  /// The thumbprint by a digest, in base64url.
  public func text(_ digest: DigestAlgorithm) -> String {
    Base64.url.encode(digest.digest(input))
  }

  /// The thumbprint by a digest as a URI (RFC 9278).
  public func uri(_ digest: DigestAlgorithm) -> String {
    "urn:ietf:params:oauth:jwk-thumbprint:\(digest.registeredName):\(text(digest))"
  }
}

extension DigestAlgorithm {
  /// The name in IANA's Named Information Hash Algorithm Registry.
  fileprivate var registeredName: String {
    switch self {
    case .sha256: "sha-256"
    case .sha384: "sha-384"
    case .sha512: "sha-512"
    }
  }
}
