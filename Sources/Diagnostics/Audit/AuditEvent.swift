/// Something that somebody has done or tried, for the audit log: closed, and stable between releases.
public enum AuditEvent: String, Sendable, CaseIterable {
  /// The process serves.
  case started = "audit.process.started"
  /// The process has ended in order.
  case ended = "audit.process.ended"
  /// A new config is served.
  case configReloaded = "audit.config.reloaded"
  /// A new config was refused; the old one stays.
  case configRefused = "audit.config.refused"
  /// The key set has changed, by plan or by command.
  case keysChanged = "audit.keys.changed"
  /// Somebody asked for new keys.
  case keysRotated = "audit.keys.rotated"
  /// A client was registered.
  case clientCreated = "audit.client.created"
  /// A client got a new secret.
  case clientSecretRotated = "audit.client.secret_rotated"
  /// A client was deleted.
  case clientDeleted = "audit.client.deleted"
  /// A client did not prove who it is.
  case clientRefused = "audit.client.authentication_failed"
  /// A token was issued.
  case tokenIssued = "audit.token.issued"
  /// Tokens were revoked.
  case tokenRevoked = "audit.token.revoked"
  /// Somebody who may not do so asked the admin API.
  case adminRefused = "audit.admin.refused"
  /// Events that could not be written are missing here.
  case lost = "audit.lost"

  /// What it says, in a few words.
  public var meaning: String {
    switch self {
    case .started: "the process serves"
    case .ended: "the process has finished what was under way and ends"
    case .configReloaded: "a new config is served"
    case .configRefused: "a new config was refused, the old one stays"
    case .keysChanged: "the published key set has changed, by plan or by command"
    case .keysRotated: "an administrator asked for new keys"
    case .clientCreated: "an administrator registered a client"
    case .clientSecretRotated: "an administrator gave a client a new secret"
    case .clientDeleted: "an administrator deleted a client"
    case .clientRefused: "a client did not prove who it is"
    case .tokenIssued: "a token was issued"
    case .tokenRevoked: "tokens were revoked, by their client or by an administrator"
    case .adminRefused: "somebody who may not do so asked the admin API"
    case .lost: "so many events are missing here: the file could not be written"
    }
  }
}

extension AuditEvent: CustomStringConvertible {
  /// The event as it is written.
  public var description: String { rawValue }
}
