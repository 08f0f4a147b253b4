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
  public var code: StaticString {
    switch self {
    case .bareLineFeed: "http.bare_line_feed"
    case .bareCarriageReturn: "http.bare_carriage_return"
    case .headTooLong: "http.head_too_long"
    case .invalidMethod: "http.invalid_method"
    case .methodTooLong: "http.method_too_long"
    case .connectNotSupported: "http.connect"
    case .invalidTarget: "http.invalid_target"
    case .fragmentInTarget: "http.fragment_in_target"
    case .targetTooLong: "http.target_too_long"
    case .invalidVersion: "http.invalid_version"
    case .versionNotSupported: "http.version_not_supported"
    case .invalidPercentEncoding: "http.invalid_percent_encoding"
    case .encodedSeparator: "http.encoded_separator"
    case .doubleEncoding: "http.double_encoding"
    case .pathAboveRoot: "http.path_above_root"
    case .dotSegmentWithParameters: "http.dot_segment_with_parameters"
    case .invalidFieldName: "http.invalid_field_name"
    case .spaceBeforeColon: "http.space_before_colon"
    case .lineFolding: "http.line_folding"
    case .invalidFieldValue: "http.invalid_field_value"
    case .fieldTooLong: "http.field_too_long"
    case .tooManyFields: "http.too_many_fields"
    case .missingHost: "http.missing_host"
    case .repeatedHost: "http.repeated_host"
    case .invalidHost: "http.invalid_host"
    case .targetDisagreesWithHost: "http.target_disagrees_with_host"
    case .repeatedContentLength: "http.repeated_content_length"
    case .invalidContentLength: "http.invalid_content_length"
    case .contentLengthWithTransferEncoding: "http.length_with_coding"
    case .repeatedTransferEncoding: "http.repeated_transfer_encoding"
    case .transferEncodingNotSupported: "http.transfer_encoding_not_supported"
    case .transferEncodingNotChunked: "http.transfer_encoding_not_chunked"
    case .transferEncodingInOldVersion: "http.transfer_encoding_in_old_version"
    case .invalidConnection: "http.invalid_connection"
    case .expectationNotSupported: "http.expectation_not_supported"
    case .invalidChunkSize: "http.invalid_chunk_size"
    case .chunkExtensionTooLong: "http.chunk_extension_too_long"
    case .invalidChunkEnd: "http.invalid_chunk_end"
    case .trailersTooLong: "http.trailers_too_long"
    case .invalidStatusLine: "http.invalid_status_line"
    }
  }
}
