internal import Cryptography
public import Diagnostics

/// Decrypts files of one's own under a password; slow on purpose, so never on a loop.
///
/// A stranger's object must not come here: its iterations would be work that he asks for.
public struct JWEPasswordDecrypter: Sendable {
  private let password: Secret<[UInt8]>

  /// The most bytes of a file.
  public static let limit = 1_048_576

  /// A decrypter.
  public init(_ password: Secret<[UInt8]>) { self.password = password }

  /// The content of an encrypted text.
  ///
  /// Throws `headerParameter` for a salt too short and for iterations out of bounds, before any
  /// work is done for them.
  public func decrypt(_ text: [UInt8]) throws(JWEError) -> [UInt8] {
    let parts = try CompactJWE(splitting: text.span, limit: Self.limit)
    let members = try JWEHeaderMembers(decoding: text.span.extracting(parts.header))
    let name = try members.required("alg")
    guard let algorithm = JWEPasswordAlgorithm(rawValue: name) else { throw .algorithm(name) }
    let contentEncryption = try members.contentEncryption()
    let (salt, iterations) = try Self.parameters(members)
    let encryptedKey = try parts.bytes(of: .encryptedKey, in: text.span)
    let sealed = try SealedContent(text.span, parts, contentEncryption)
    let wrapping: Secret<[UInt8]>
    do {
      wrapping = try algorithm.wrappingKey(password, salt: salt, iterations: iterations)
    } catch {
      throw .decryption
    }
    let key = try JWEKeyUnwrapper.unwrap(encryptedKey, under: wrapping, contentEncryption)
    return try sealed.open(with: key)
  }

  private static func parameters(
    _ members: JWEHeaderMembers
  ) throws(JWEError) -> (salt: [UInt8], iterations: UInt32) {
    guard let salt = try members.bytes("p2s"),
      JWEPasswordAlgorithm.saltLength.contains(salt.count)
    else { throw .headerParameter("p2s") }
    guard let iterations = UInt32(exactly: try members.integer("p2c")),
      JWEPasswordAlgorithm.iterations.contains(iterations)
    else { throw .headerParameter("p2c") }
    return (salt, iterations)
  }
}
