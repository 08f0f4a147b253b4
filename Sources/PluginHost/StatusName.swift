internal import CSallyport

/// The words for the statuses of the ABI, for log lines.
enum StatusName {
  private static let names: [Int32: String] = [
    SP_OK: "ok", SP_NOT_FOUND: "not found", SP_CONFLICT: "conflict", SP_BUSY: "busy",
    SP_UNKNOWN: "unknown outcome", SP_FULL: "full", SP_READ_ONLY: "read-only",
    SP_UNAVAILABLE: "unavailable", SP_CORRUPT: "corrupt", SP_DENIED: "denied",
    SP_INVALID: "invalid", SP_TOO_LARGE: "too large", SP_UNSUPPORTED: "unsupported",
    SP_ANSWERED: "answered already", SP_LATE: "late", SP_CANCELLED: "cancelled",
    SP_FAILED: "failed",
  ]

  static func text(_ status: Int32) -> String { names[status] ?? "status \(status)" }
}
