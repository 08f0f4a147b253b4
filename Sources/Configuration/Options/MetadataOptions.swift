internal import JSON

/// Pages for people that the metadata lead to (RFC 8414 2).
public struct MetadataOptions: Sendable {
  /// What whoever writes a client should read: `service_documentation`.
  public let documentation: String?
  /// What a client may do with what it is told: `op_policy_uri`.
  public let policy: String?
  /// The terms of service: `op_tos_uri`.
  public let terms: String?
}

extension MetadataOptions {
  static let codec: Codec<MetadataOptions> = .section(
    Section(
      "Pages for people that the authorization server's metadata name; without them it names none.",
      .optional(
        "documentation", .page("https://docs.example/auth"),
        "What whoever writes a client should read (`service_documentation`)."),
      .optional(
        "policy", .page("https://docs.example/policy"),
        "What a client may do with what it is told (`op_policy_uri`)."),
      .optional(
        "terms", .page("https://docs.example/terms"), "The terms of service (`op_tos_uri`)."),
      build: MetadataOptions.init))
}

extension Codec where Value == String {
  /// The URL of a page; `http` only where nobody can listen in between.
  fileprivate static func page(_ example: String) -> Codec {
    .text(
      "an https URL (http only for a loopback host)", example: .string(example), longest: 1024
    ) { text, _ in
      guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { return nil }
      if text.hasPrefix("https://"), text.utf8.count > 8 { return text }
      guard text.hasPrefix("http://") else { return nil }
      let authority = text.dropFirst(7).prefix { !"/?#".contains($0) }
      return Loopback.isName(String(authority)) ? text : nil
    }
  }
}
