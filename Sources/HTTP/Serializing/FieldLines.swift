/// Whole field lines, written once to be copied into many heads.
public struct FieldLines: Sendable {
  let bytes: [UInt8]

  /// Lines as the closure writes them: fields only, neither a first line nor an end.
  public init(_ write: (inout HeadWriter) -> Void) {
    var writer = HeadWriter(capacity: 256)
    write(&writer)
    bytes = writer.bytes
  }
}

extension HeadWriter {
  /// Writes field lines.
  public mutating func append(_ lines: FieldLines) { bytes.append(contentsOf: lines.bytes) }
}
