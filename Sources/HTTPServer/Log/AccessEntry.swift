internal import Diagnostics
internal import HTTP

/// What is said of one request, in the access log and in the log of decisions.
///
/// Kept by the exchange and used again for the next: its memory is.
struct AccessEntry {
  /// Longer targets are cut.
  private static let targetLimit = 1024

  var id = RequestID(high: 0, low: 0)
  var outcome = Decision.Outcome.passed
  var handler = Decision.Handler.server
  var trace = TraceContext(traceHigh: 1, traceLow: 0, span: 1, isSampled: false)
  /// The caller's span; 0 for none.
  var parentSpan: UInt64 = 0
  /// Method and path, one after the other: the head's own bytes are gone when the line is written.
  private var target: [UInt8] = []
  private var methodLength = 0
  var method = KnownMethod.other
  var status = 0
  var bytes = 0
  var begin: UInt64 = 0
  var microseconds = 0
  var time = UnixTime(milliseconds: 0)
  var peer = PeerAddress(host: .ipv4(0), port: 0)
  private(set) var fields: [LogField] = []
  /// What the audit log is to have of it, if anything.
  private(set) var audited: AuditEvent?

  var methodBytes: ArraySlice<UInt8> { target[..<methodLength] }
  var pathBytes: ArraySlice<UInt8> { target[methodLength...] }

  mutating func start(_ id: RequestID, from peer: PeerAddress, at microseconds: UInt64) {
    self.id = id
    self.peer = peer
    trace = TraceContext(beginning: id, isSampled: false)
    parentSpan = 0
    begin = microseconds
    method = .other
    outcome = .passed
    handler = .server
    status = 0
    bytes = 0
    target.removeAll(keepingCapacity: true)
    methodLength = 0
    fields.removeAll(keepingCapacity: true)
    audited = nil
  }

  mutating func note(method: Span<UInt8>, path: Span<UInt8>) {
    method.withUnsafeBufferPointer { target.append(contentsOf: $0) }
    methodLength = target.count
    path.withUnsafeBufferPointer { target.append(contentsOf: $0.prefix(Self.targetLimit)) }
  }

  /// Adds a field; some say how the request ends.
  mutating func note(_ field: LogField) {
    fields.append(field)
    switch field.role {
    case .plain: return
    case .reason(let reason):
      outcome = .refused
      if reason.isFailedClientAuthentication { audited = .clientRefused }
      if reason == .adminForbidden { audited = .adminRefused }
    case .audit(let event):
      audited = event
      if event == .tokenIssued, outcome == .passed { outcome = .issued }
    }
  }
}

extension AccessEntry {
  /// What the audit log has of a request: who, what, and how it ended.
  var auditFields: [LogField] {
    [
      LogField("request_id", id), LogField("peer", peer),
      LogField("method", String(decoding: methodBytes, as: UTF8.self)),
      LogField("path", String(decoding: pathBytes, as: UTF8.self)), LogField("status", status),
    ] + fields
  }
}

extension ReasonCode {
  /// Whether a client did not prove who it is.
  fileprivate var isFailedClientAuthentication: Bool {
    switch self {
    case .clientCredentialsMissing, .clientSchemeUnknown, .clientBasicMalformed, .clientUnknown,
      .clientSecretWrong, .clientSecretExpired, .clientSecretMissing, .clientMethodNotAllowed:
      true
    default: false
    }
  }
}
