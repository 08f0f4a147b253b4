internal import Configuration
internal import JOSE

extension JWSAlgorithm {
  /// The algorithm that an option names.
  init(_ option: SignatureAlgorithm) {
    switch option {
    case .es256: self = .es256
    case .es384: self = .es384
    case .rs256: self = .rs256
    case .ps256: self = .ps256
    case .eddsa: self = .eddsa
    }
  }
}
