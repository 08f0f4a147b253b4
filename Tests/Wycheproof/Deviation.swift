import JSON

/// A kind of test that this code decides otherwise than Wycheproof, and why that is right.
struct Deviation: Sendable {
  let sets: String
  let reason: String
  let matches: @Sendable (VectorCase) -> Bool

  func covers(_ set: String, _ each: VectorCase) -> Bool {
    set.hasPrefix(sets) && matches(each)
  }

  static let all = [
    Deviation(
      sets: "json_web_",
      reason: "RSA1_5 is not supported: its padding answers an attacker's questions"
    ) { $0.key?["alg"]?.string == "RSA1_5" },
    Deviation(
      sets: "json_web_encryption", reason: "nothing is decompressed (RFC 8725 3.6)"
    ) { $0.flags.contains("CompressedPlaintext") },
    Deviation(
      sets: "json_web_signature", reason: "\"ES521\" is no algorithm; ES512 is (RFC 7518 3.1)"
    ) { $0.key?["alg"]?.string == "ES521" },
    Deviation(
      sets: "json_web_signature", reason: "the key's own alg is the only one it is used with"
    ) { $0.key?["alg"] == "PS256" && [346, 350].contains($0.id) },
    Deviation(
      sets: "json_web_signature", reason: "\"?\" is no letter of base64url (RFC 7515 2)"
    ) { [372, 373].contains($0.id) },
    Deviation(
      sets: "json_web_signature",
      reason: "the padding in its name is not in its text, which is the valid one of tcId 357"
    ) { [367, 370].contains($0.id) && !($0.test["jws"]?.string?.contains("=") ?? true) },
    Deviation(
      sets: "rsa_signature_", reason: "exponents under 65537 are refused"
    ) { $0.flags.contains("SmallPublicKey") },
    Deviation(
      sets: "aes_gcm", reason: "JOSE has 96-bit nonces only (RFC 7518 5.3)"
    ) { $0.group["ivSize"]?.integer != 96 },
    Deviation(
      sets: "rsa_oaep_", reason: "JOSE has no label (RFC 7518 4.3)"
    ) { $0.flags.contains("EncryptionWithLabel") },
    Deviation(
      sets: "ecdh_", reason: "a shared secret of zeros is refused on every curve"
    ) { $0.test["shared"]?.string?.allSatisfy { $0 == "0" } ?? false },
  ]
}
