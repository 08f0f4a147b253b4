public import JOSE
internal import JSON

/// How tokens are encrypted to a protected resource, and opened for it.
public struct ResourceEncryptionOptions: Sendable {
  /// Encrypts to the first key.
  public let encrypter: JWEEncrypter
  /// Open what was encrypted to any key whose private half or secret is here.
  public let decrypters: [JWEDecrypter]
  /// Whether what we encrypt can be opened here, by the proxy and by introspection.
  public let opensHere: Bool
}

extension ResourceEncryptionOptions {
  static let codec: Codec<ResourceEncryptionOptions> = Codec.section(
    Section(
      "How tokens are encrypted to the resource; then their format is `jwe` unless said otherwise.",
      Field(
        "algorithm", .choice, "How the content key reaches the resource (`alg`, RFC 7518 4.1)."),
      Field(
        "content", .choice, default: "A256GCM",
        "How the content is encrypted (`enc`, RFC 7518 5.1)."),
      Field(
        "keys", .list(of: ResourceKey.codec, count: 1...8),
        "The resource's keys: tokens are encrypted to the first, and any opens them."),
      build: Draft.init)
  ).refined { draft, node, reading in draft.options(node, &reading) }

  private struct Draft: Sendable {
    let algorithm: JWEKeyManagement
    let content: JWEContentEncryption
    let keys: [ResourceKey]

    func options(_ node: JSON5Node, _ reading: inout Reading) -> ResourceEncryptionOptions? {
      let places = node.member("keys")?.elements.map(\.position) ?? []
      var encrypter: JWEEncrypter?
      var decrypters: [JWEDecrypter] = []
      for (index, key) in keys.enumerated() {
        do throws(JWEError) {
          if index == 0 { encrypter = try key.encrypter(algorithm, content) }
          if let decrypter = try key.decrypter(algorithm, content) { decrypters.append(decrypter) }
        } catch {
          let position = index < places.count ? places[index] : node.position
          reading.within(".keys[\(index)]") { inside in
            inside.fault(
              position, "is no key for \(algorithm.rawValue) with \(content.rawValue)",
              "give a key of the algorithm's type and size, or name the algorithm of the key")
          }
        }
      }
      guard let encrypter, let first = keys.first else { return nil }
      return ResourceEncryptionOptions(
        encrypter: encrypter, decrypters: decrypters, opensHere: first.opens)
    }
  }
}
