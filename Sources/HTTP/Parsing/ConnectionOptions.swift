/// What the Connection fields of a head say (RFC 9110 7.6.1).
public struct ConnectionOptions: Sendable, Equatable {
  /// The connection ends after this message.
  public private(set) var close = false
  /// An HTTP/1.0 sender keeps the connection.
  public private(set) var keepAlive = false
  /// The sender offers another protocol.
  public private(set) var upgrade = false
  /// Other names stand there: fields that end at this hop.
  public private(set) var namesFields = false

  /// The most options that are read; each may be compared with every field of the head.
  public static let limit = 32

  /// No options.
  init() {}

  /// Reads every Connection line; an option that is not a token is refused.
  init(of fields: FieldTable, in bytes: Span<UInt8>) throws(MessageFault) {
    guard fields.has(.connection) else { return }
    var count = 0
    for field in fields.slots where field.known == .connection {
      var list = ListElements(field.value)
      while let option = list.next(in: bytes) {
        count += 1
        guard count <= Self.limit, option.isToken(in: bytes) else { throw .invalidConnection }
        add(option, in: bytes)
      }
    }
  }

  private mutating func add(_ option: Slot, in bytes: Span<UInt8>) {
    if option.matches("close", in: bytes) {
      close = true
    } else if option.matches("keep-alive", in: bytes) {
      keepAlive = true
    } else if option.matches("upgrade", in: bytes) {
      upgrade = true
    } else {
      namesFields = true
    }
  }
}
