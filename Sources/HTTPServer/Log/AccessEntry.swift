internal import Diagnostics
internal import HTTP

/// What the access log says of one request; kept by the exchange and used again for the next.
struct AccessEntry {
  /// Longer targets are cut in the log.
  private static let targetLimit = 1024

  var id = RequestID(high: 0, low: 0)
  /// Method and path, one after the other: the head's own bytes are gone when the line is written.
  private var target: [UInt8] = []
  private var methodLength = 0
  var method = KnownMethod.other
  var status = 0
  var bytes = 0
  var begin: UInt64 = 0
  var microseconds = 0
  /// The peer's address as text, made once for each connection.
  var peer: [UInt8] = []
  var fields: [LogField] = []

  var methodBytes: ArraySlice<UInt8> { target[..<methodLength] }
  var pathBytes: ArraySlice<UInt8> { target[methodLength...] }

  mutating func start(_ id: RequestID, at microseconds: UInt64) {
    self.id = id
    begin = microseconds
    method = .other
    status = 0
    bytes = 0
    target.removeAll(keepingCapacity: true)
    methodLength = 0
    if !fields.isEmpty { fields.removeAll() }
  }

  mutating func note(method: Span<UInt8>, path: Span<UInt8>) {
    method.withUnsafeBufferPointer { target.append(contentsOf: $0) }
    methodLength = target.count
    path.withUnsafeBufferPointer { target.append(contentsOf: $0.prefix(Self.targetLimit)) }
  }
}
