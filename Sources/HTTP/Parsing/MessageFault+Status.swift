public import Diagnostics

extension MessageFault {
  /// The status of the answer to a request that has this fault.
  public var status: Status {
    switch self {
    case .headTooLong, .fieldTooLong, .tooManyFields, .trailersTooLong: .fieldsTooLarge
    case .targetTooLong: .targetTooLong
    case .methodTooLong, .connectNotSupported, .transferEncodingNotSupported: .notImplemented
    case .versionNotSupported: .versionNotSupported
    case .expectationNotSupported: .expectationFailed
    default: .badRequest
    }
  }

  /// The stable reason code for the log, such as `http.bare_line_feed`.
  public var code: ReasonCode {
    switch self {
    case .bareLineFeed: .httpBareLineFeed
    case .bareCarriageReturn: .httpBareCarriageReturn
    case .headTooLong: .httpHeadTooLong
    case .invalidMethod: .httpInvalidMethod
    case .methodTooLong: .httpMethodTooLong
    case .connectNotSupported: .httpConnect
    case .invalidTarget: .httpInvalidTarget
    case .fragmentInTarget: .httpFragmentInTarget
    case .targetTooLong: .httpTargetTooLong
    case .invalidVersion: .httpInvalidVersion
    case .versionNotSupported: .httpVersionNotSupported
    case .invalidPercentEncoding: .httpInvalidPercentEncoding
    case .encodedSeparator: .httpEncodedSeparator
    case .doubleEncoding: .httpDoubleEncoding
    case .pathAboveRoot: .httpPathAboveRoot
    case .dotSegmentWithParameters: .httpDotSegmentWithParameters
    case .invalidFieldName: .httpInvalidFieldName
    case .spaceBeforeColon: .httpSpaceBeforeColon
    case .lineFolding: .httpLineFolding
    case .invalidFieldValue: .httpInvalidFieldValue
    case .fieldTooLong: .httpFieldTooLong
    case .tooManyFields: .httpTooManyFields
    case .missingHost: .httpMissingHost
    case .repeatedHost: .httpRepeatedHost
    case .invalidHost: .httpInvalidHost
    case .targetDisagreesWithHost: .httpTargetDisagreesWithHost
    case .repeatedContentLength: .httpRepeatedContentLength
    case .invalidContentLength: .httpInvalidContentLength
    case .contentLengthWithTransferEncoding: .httpLengthWithCoding
    case .repeatedTransferEncoding: .httpRepeatedTransferEncoding
    case .transferEncodingNotSupported: .httpTransferEncodingNotSupported
    case .transferEncodingNotChunked: .httpTransferEncodingNotChunked
    case .transferEncodingInOldVersion: .httpTransferEncodingInOldVersion
    case .invalidConnection: .httpInvalidConnection
    case .expectationNotSupported: .httpExpectationNotSupported
    case .invalidChunkSize: .httpInvalidChunkSize
    case .chunkExtensionTooLong: .httpChunkExtensionTooLong
    case .invalidChunkEnd: .httpInvalidChunkEnd
    case .trailersTooLong: .httpTrailersTooLong
    case .invalidStatusLine: .httpInvalidStatusLine
    }
  }
}
