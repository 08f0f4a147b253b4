public import Diagnostics
public import JOSE
public import OAuth

/// How access tokens are made where neither client nor resource says otherwise.
public struct TokenDefaults: Sendable {
  /// The format.
  public let format: TokenFormat
  /// The signature algorithm.
  public let algorithm: JWSAlgorithm
  /// The lifetime.
  public let lifetime: Lifetime

  /// Defaults.
  public init(format: TokenFormat, algorithm: JWSAlgorithm, lifetime: Lifetime) {
    self.format = format
    self.algorithm = algorithm
    self.lifetime = lifetime
  }
}
