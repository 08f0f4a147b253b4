public import Diagnostics
public import JOSE
internal import JSON
public import OAuth

/// How access tokens are made.
public struct TokensOptions: Sendable {
  /// Their form.
  public let format: TokenFormat
  /// What those that are JWS, or have one inside, are signed by.
  public let algorithm: JWSAlgorithm
  /// How long they live.
  public let accessTokenLifetime: Lifetime
  /// What those that are opaque look like.
  public let uuid: OpaqueTokenForm
}

extension TokensOptions {
  static let codec: Codec<TokensOptions> = .section(
    Section(
      "Access tokens, where neither the client nor the resource says otherwise.",
      Field("format", .choice, default: "jws", Self.formatDocumentation),
      Field("algorithm", .wantedAlgorithm, default: "ES256", Self.algorithmDocumentation),
      Field("accessTokenLifetime", .lifetime("1s", "1d"), default: "10m", "How long they live."),
      Field("uuid", .choice, default: "long", Self.uuidDocumentation),
      build: TokensOptions.init))

  private static let uuidDocumentation =
    "What opaque tokens look like: `long` is a UUID and 128 further random bits; `bare` a version 4 "
    + "UUID alone, for those who cannot store more, easier to guess than RFC 6749 10.10 allows."

  fileprivate static let formatDocumentation =
    "`jws` is a signed JWT (RFC 9068), `jwe` the same, encrypted, and `uuid` an opaque token that "
    + "only we can look up."
  fileprivate static let algorithmDocumentation =
    "What a JWS is signed by; `keys.signing` must have such a key."
}

/// How the access tokens of one client or for one resource differ from the rule.
public struct TokenOverrides: Sendable {
  /// Their form.
  public let format: TokenFormat?
  /// What they are signed by.
  public let algorithm: JWSAlgorithm?
  /// How long they live at most.
  public let accessTokenLifetime: Lifetime?
}

extension TokenOverrides {
  static let codec: Codec<TokenOverrides> = .section(
    Section(
      "How access tokens differ here; the client's word goes before the resource's.",
      .optional("format", .choice, TokensOptions.formatDocumentation),
      .optional("algorithm", .wantedAlgorithm, TokensOptions.algorithmDocumentation),
      .optional("accessTokenLifetime", .lifetime("1s", "1d"), "How long they live."),
      build: TokenOverrides.init))
}

extension Codec where Value == JWSAlgorithm {
  /// An algorithm that some signing key must be for.
  static var wantedAlgorithm: Codec {
    Codec.signatureAlgorithm.checked { algorithm, node, reading in
      let position = node.position
      reading.later { reading in
        guard !reading.facts.signingAlgorithms.contains(algorithm),
          reading.facts.services.contains(.authorizationServer)
        else { return }
        reading.fault(
          position, "is \(algorithm.rawValue), for which there is no signing key",
          "add { algorithm: \"\(algorithm.rawValue)\" } to keys.signing")
      }
    }
  }
}
