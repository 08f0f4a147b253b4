/// What is wrong with a message: whatever two programs could read in two ways is refused.
///
/// The connection closes after any of these, since nobody knows where the next message begins.
public enum MessageFault: Error, Sendable, CaseIterable {
  // The lines (RFC 9112 2.2)
  case bareLineFeed
  case bareCarriageReturn
  case headTooLong

  // The request line (RFC 9112 3)
  case invalidMethod
  case methodTooLong
  case connectNotSupported
  case invalidTarget
  case fragmentInTarget
  case targetTooLong
  case invalidVersion
  case versionNotSupported

  // The path (RFC 3986 3.3)
  case invalidPercentEncoding
  case encodedSeparator
  case doubleEncoding
  case pathAboveRoot
  case dotSegmentWithParameters

  // The field lines (RFC 9112 5)
  case invalidFieldName
  case spaceBeforeColon
  case lineFolding
  case invalidFieldValue
  case fieldTooLong
  case tooManyFields

  // The host (RFC 9112 3.2)
  case missingHost
  case repeatedHost
  case invalidHost
  case targetDisagreesWithHost

  // The framing (RFC 9112 6)
  case repeatedContentLength
  case invalidContentLength
  case contentLengthWithTransferEncoding
  case repeatedTransferEncoding
  case transferEncodingNotSupported
  case transferEncodingNotChunked
  case transferEncodingInOldVersion
  case invalidConnection
  case expectationNotSupported

  // The chunks (RFC 9112 7.1)
  case invalidChunkSize
  case chunkExtensionTooLong
  case invalidChunkEnd
  case trailersTooLong

  // The status line (RFC 9112 4)
  case invalidStatusLine
}
