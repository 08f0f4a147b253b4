public import Diagnostics

/// Why storage did not do what was asked.
public enum StorageError: Error, Sendable, Equatable {
  /// An expectation did not hold; `change` is the position of the first such change.
  case conflict(change: Int)
  /// The queue is full; try again.
  case busy
  /// The deadline passed or the connection broke after the request was sent: it may have happened.
  case unknown(String)
  /// The disk or the quota is full; nothing was written.
  case full(String)
  /// The store may only be read.
  case readOnly(String)
  /// The store cannot be reached or is damaged.
  case unavailable(String)
  /// The request itself is impossible: too large, or a malformed cursor.
  case invalid(String)
}

extension StorageError {
  /// The stable reason code.
  public var code: ReasonCode {
    switch self {
    case .conflict: .storageConflict
    case .busy: .storageBusy
    case .unknown: .storageOutcomeUnknown
    case .full: .storageFull
    case .readOnly: .storageReadOnly
    case .unavailable: .storageUnavailable
    case .invalid: .storageInvalid
    }
  }
}

extension StorageError: CustomStringConvertible {
  /// A sentence for the log.
  public var description: String {
    switch self {
    case .conflict(let change): "change \(change) met another version than it expected"
    case .busy: "storage is busy"
    case .unknown(let detail): "the outcome is unknown: \(detail)"
    case .full(let detail): "storage is full: \(detail)"
    case .readOnly(let detail): "storage is read-only: \(detail)"
    case .unavailable(let detail): "storage is unavailable: \(detail)"
    case .invalid(let detail): "the storage request is invalid: \(detail)"
    }
  }
}
