/// What stands around content in the chunked coding (RFC 9112 7.1).
public enum ChunkFraming {
  /// The most bytes that a chunk's first line takes.
  public static let headBytes = 18
  /// What follows each chunk's content.
  public static let chunkEnd: [UInt8] = [.carriageReturn, .lineFeed]
  /// The last chunk and an empty trailer section.
  public static let end = Array("0\r\n\r\n".utf8)

  /// Appends the line before content of so many bytes, which must not be zero: that ends it all.
  public static func appendHead(of length: Int, to bytes: inout [UInt8]) {
    precondition(length > 0, "an empty chunk ends the content")
    bytes.append(contentsOf: String(length, radix: 16).utf8)
    bytes.append(contentsOf: chunkEnd)
  }
}
