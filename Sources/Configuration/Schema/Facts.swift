internal import JOSE
internal import OAuth

/// What one section leaves for the checks of another, which run when everything is read.
struct Facts {
  /// Our own issuer, where the file has one.
  var issuer: Issuer?

  /// What the listeners serve between them.
  var services: Set<Service> = []

  /// The scopes of each audience that `resources` defines.
  var scopes: [Audience: ScopeSet] = [:]

  /// The audiences whose tokens are encrypted to a key that only the resource has.
  var sealedAudiences: Set<Audience> = []

  /// The algorithms that signing keys are made for.
  var signingAlgorithms: Set<JWSAlgorithm> = []
}
