internal import CSallyport
internal import Ports

extension StorageError {
  /// The error of a status other than SP_OK and SP_NOT_FOUND.
  init(_ status: sp_status, _ detail: String, conflict: Int = 0) {
    let text = detail.isEmpty ? StatusName.text(status) : detail
    switch status {
    case SP_CONFLICT: self = .conflict(change: conflict)
    case SP_BUSY, SP_CANCELLED: self = .busy
    case SP_UNKNOWN: self = .unknown(text)
    case SP_FULL: self = .full(text)
    case SP_READ_ONLY: self = .readOnly(text)
    case SP_INVALID, SP_TOO_LARGE: self = .invalid(text)
    default: self = .unavailable(text)
    }
  }

  /// The status that a plugin is told.
  var status: sp_status {
    switch self {
    case .conflict: SP_CONFLICT
    case .busy: SP_BUSY
    case .unknown: SP_UNKNOWN
    case .full: SP_FULL
    case .readOnly: SP_READ_ONLY
    case .unavailable: SP_UNAVAILABLE
    case .invalid: SP_INVALID
    }
  }
}
