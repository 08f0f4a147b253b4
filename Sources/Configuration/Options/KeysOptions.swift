public import Diagnostics
public import JOSE
internal import JSON

/// Master keys, signing keys and their rotation.
public struct KeysOptions: Sendable {
  /// The keys of what is sealed in storage: the first seals, any opens.
  public let master: [MasterKeyOptions]
  /// The algorithms to keep a signing key for.
  public let signing: [JWSAlgorithm]
  /// For how long others may cache our JWK Set.
  public let cacheLifetime: Lifetime
  /// When signing keys follow each other.
  public let rotation: RotationOptions
}

extension KeysOptions {
  static let codec: Codec<KeysOptions> = Codec.section(
    Section(
      "Keys: by reference from outside the storage, or made and kept in it.",
      Field(
        "master", .list(of: .masterKey, count: 0...16), default: [], shown: true,
        "Keys of 256 bits that seal what is stored: the first seals, any opens. Each is 32 raw "
          + "bytes or 64 hexadecimal digits. Required where a listener serves the authorization "
          + "server; the demonstration makes its own."),
      Field(
        "signing", .set(of: .signingKey, count: 1...JWSAlgorithm.asymmetric.count),
        default: [["algorithm": "ES256"], ["algorithm": "RS256"]],
        "The signing keys to keep, one for each algorithm."),
      Field(
        "cacheLifetime", .lifetime("1s", "1d"), default: "5m",
        "For how long others may cache our JWK Set (`max-age`)."),
      Field(
        "rotation", RotationOptions.codec, default: [:], "When signing keys follow each other."),
      build: KeysOptions.init)
  ).checked { keys, node, reading in
    reading.facts.signingAlgorithms = Set(keys.signing)
    keys.check(node, &reading)
  }

  /// The two seconds are for other nodes to hear of a new key.
  private func check(_ node: JSON5Node, _ reading: inout Reading) {
    let safe = Lifetime(milliseconds: cacheLifetime.milliseconds + 2000)
    let rotationNode = node.member("rotation")
    if rotation.publishAhead < safe {
      reading.fault(
        rotationNode?.place("publishAhead") ?? node.place("cacheLifetime"),
        "publishes a key for less time ahead than others may cache the old set",
        "make rotation.publishAhead at least cacheLifetime and two seconds")
    }
    if let every = rotation.every, every <= rotation.publishAhead {
      reading.fault(
        rotationNode?.place("every") ?? node.position,
        "lets a key sign for no longer than it is published ahead",
        "make rotation.every longer than rotation.publishAhead")
    }
  }
}

extension KeysOptions {
  /// The demonstration's keys: where the file names no master key, one in the state folder.
  func withMasterKey(in state: String) -> KeysOptions {
    guard master.isEmpty else { return self }
    let own = MasterKeyOptions.demonstration(file: state + "/master.key")
    return KeysOptions(
      master: [own], signing: signing, cacheLifetime: cacheLifetime, rotation: rotation)
  }
}

/// A key of 256 bits that seals what is stored.
public struct MasterKeyOptions: Sendable {
  /// The file it comes from, absolute; `nil` if it comes from the environment.
  public let file: String?
  /// The 32 bytes; `nil` only in a demonstration whose file is not there yet.
  public let key: Secret<[UInt8]>?

  /// The key in a file that a demonstration makes if it is not there.
  static func demonstration(file: String) -> MasterKeyOptions {
    do {
      let key = MasterKeyText.parse(try TrustedFile.read(file, limit: 1024))
      return MasterKeyOptions(file: file, key: key.map { Secret($0) })
    } catch {
      // Not there yet, or not readable: whoever makes it fails loudly.
      return MasterKeyOptions(file: file, key: nil)
    }
  }
}

/// When signing keys follow each other.
public struct RotationOptions: Sendable, Equatable {
  /// For how long a key signs; `nil` for ever.
  public let every: Lifetime?
  /// For how long a key is published before it signs.
  public let publishAhead: Lifetime
  /// For how long a key is published after it signed its last.
  public let keepAfter: Lifetime
}

extension RotationOptions {
  static let codec: Codec<RotationOptions> = .section(
    Section(
      "The schedule of the signing keys.",
      .optional(
        "every", .lifetime("1s", "3650d").example("90d"),
        "For how long a key signs; without it keys change only on command."),
      Field(
        "publishAhead", .lifetime("1s", "90d"), default: "1h",
        "For how long a key is published before it signs; at least `cacheLifetime` and two "
          + "seconds."),
      Field(
        "keepAfter", .lifetime("0s", "365d"), default: "1d",
        "For how long a key is still published after it signed its last token; longer than any "
          + "token lives."),
      build: RotationOptions.init))
}

extension Codec where Value == JWSAlgorithm {
  /// A signing key, named by its algorithm.
  fileprivate static var signingKey: Codec {
    .section(
      Section(
        "A signing key.",
        Field("algorithm", .signatureAlgorithm, "What it signs by; no two keys may share one."),
        build: { $0 }))
  }
}
