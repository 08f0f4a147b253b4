/// A stable dotted code of this program: why something was refused, or what broke.
///
/// It stands in log lines, the decision log and `sallyport explain`, and stays the same between
/// releases. What each means, and what to do, says its entry in `ReasonCatalogue`.
public enum ReasonCode: String, Sendable, CaseIterable {
  // Access tokens
  case tokenMissing = "token.missing"
  case tokenRepeated = "token.repeated"
  case tokenMalformed = "token.malformed"
  case tokenAlgorithm = "token.algorithm"
  case tokenCrit = "token.crit"
  case tokenType = "token.type"
  case tokenIssuer = "token.issuer"
  case tokenKeyUnknown = "token.key_unknown"
  case tokenSignature = "token.signature"
  case tokenClaims = "token.claims"
  case tokenExpired = "token.expired"
  case tokenNotYetValid = "token.not_yet_valid"
  case tokenUnknown = "token.unknown"
  case tokenAudience = "token.audience"
  case tokenScope = "token.scope"

  // Client authentication
  case clientCredentialsMissing = "client.credentials_missing"
  case clientSchemeUnknown = "client.scheme_unknown"
  case clientBasicMalformed = "client.basic_malformed"
  case clientUnknown = "client.unknown"
  case clientSecretWrong = "client.secret_wrong"
  case clientSecretExpired = "client.secret_expired"
  case clientSecretMissing = "client.secret_missing"
  case clientMethodNotAllowed = "client.method_not_allowed"

  // Grants
  case grantUnknown = "grant.unknown"
  case grantNotRegistered = "grant.not_registered"
  case grantConfidentialOnly = "grant.confidential_only"
  case grantDenied = "grant.denied"

  // Scopes
  case scopeMalformed = "scope.malformed"
  case scopeUnknown = "scope.unknown"
  case scopeNotRegistered = "scope.not_registered"
  case scopeNone = "scope.none"

  // Resources
  case resourceMalformed = "resource.malformed"
  case resourceUnknown = "resource.unknown"
  case resourceSeveral = "resource.several"
  case resourceAmbiguous = "resource.ambiguous"
  case resourceScopeMismatch = "resource.scope_mismatch"

  // Requests to OAuth endpoints
  case requestMalformed = "request.malformed"
  case requestContentType = "request.content_type"
  case requestForm = "request.form"

  // Storage
  case storageUnavailable = "storage.unavailable"
  case storageNone = "storage.none"
  case storageUndecided = "storage.undecided"
  case storageConflict = "storage.conflict"
  case storageBusy = "storage.busy"
  case storageOutcomeUnknown = "storage.outcome_unknown"
  case storageFull = "storage.full"
  case storageReadOnly = "storage.read_only"
  case storageInvalid = "storage.invalid"

  // Keys
  case keyUnavailable = "key.unavailable"

  // The server itself
  case serverOverloaded = "server.overloaded"
  case serverConnections = "server.connections"
  case serverUnanswered = "server.unanswered"
  case healthNotReady = "health.not_ready"

  // Routes
  case routeNone = "route.none"
  case routeMethod = "route.method"

  // Upstreams
  case upstreamUnreachable = "upstream.unreachable"
  case upstreamConnectTimeout = "upstream.connect_timeout"
  case upstreamExhausted = "upstream.exhausted"
  case upstreamStale = "upstream.stale"
  case upstreamClosed = "upstream.closed"
  case upstreamFirstByteTimeout = "upstream.first_byte_timeout"
  case upstreamStalled = "upstream.stalled"
  case upstreamTruncated = "upstream.truncated"
  case upstreamMalformed = "upstream.malformed"
  case upstreamSwitchedProtocols = "upstream.switched_protocols"

  // HTTP messages
  case httpBareLineFeed = "http.bare_line_feed"
  case httpBareCarriageReturn = "http.bare_carriage_return"
  case httpHeadTooLong = "http.head_too_long"
  case httpInvalidMethod = "http.invalid_method"
  case httpMethodTooLong = "http.method_too_long"
  case httpConnect = "http.connect"
  case httpTrace = "http.trace"
  case httpInvalidTarget = "http.invalid_target"
  case httpFragmentInTarget = "http.fragment_in_target"
  case httpTargetTooLong = "http.target_too_long"
  case httpInvalidVersion = "http.invalid_version"
  case httpVersionNotSupported = "http.version_not_supported"
  case httpInvalidPercentEncoding = "http.invalid_percent_encoding"
  case httpEncodedSeparator = "http.encoded_separator"
  case httpDoubleEncoding = "http.double_encoding"
  case httpPathAboveRoot = "http.path_above_root"
  case httpDotSegmentWithParameters = "http.dot_segment_with_parameters"
  case httpInvalidFieldName = "http.invalid_field_name"
  case httpSpaceBeforeColon = "http.space_before_colon"
  case httpLineFolding = "http.line_folding"
  case httpInvalidFieldValue = "http.invalid_field_value"
  case httpFieldTooLong = "http.field_too_long"
  case httpTooManyFields = "http.too_many_fields"
  case httpMissingHost = "http.missing_host"
  case httpRepeatedHost = "http.repeated_host"
  case httpInvalidHost = "http.invalid_host"
  case httpTargetDisagreesWithHost = "http.target_disagrees_with_host"
  case httpRepeatedContentLength = "http.repeated_content_length"
  case httpInvalidContentLength = "http.invalid_content_length"
  case httpLengthWithCoding = "http.length_with_coding"
  case httpRepeatedTransferEncoding = "http.repeated_transfer_encoding"
  case httpTransferEncodingNotSupported = "http.transfer_encoding_not_supported"
  case httpTransferEncodingNotChunked = "http.transfer_encoding_not_chunked"
  case httpTransferEncodingInOldVersion = "http.transfer_encoding_in_old_version"
  case httpInvalidConnection = "http.invalid_connection"
  case httpExpectationNotSupported = "http.expectation_not_supported"
  case httpInvalidChunkSize = "http.invalid_chunk_size"
  case httpChunkExtensionTooLong = "http.chunk_extension_too_long"
  case httpInvalidChunkEnd = "http.invalid_chunk_end"
  case httpTrailersTooLong = "http.trailers_too_long"
  case httpInvalidStatusLine = "http.invalid_status_line"
  case httpHeadTimeout = "http.head_timeout"
  case httpBodyTimeout = "http.body_timeout"
  case httpBodyTooSlow = "http.body_too_slow"
  case httpBodyTooLong = "http.body_too_long"
  case httpAnswerTimeout = "http.answer_timeout"
  case httpMisdirected = "http.misdirected"
  case httpNoEndpoint = "http.no_endpoint"
  case httpMethodNotAllowed = "http.method_not_allowed"

  // Plugins: answers
  case pluginNoAnswer = "plugin.no_answer"
  case pluginAnsweredTwice = "plugin.answered_twice"
  case pluginDeadline = "plugin.deadline"
  case pluginNotUTF8 = "plugin.not_utf8"
  case pluginTooLarge = "plugin.too_large"
  case pluginMalformedAnswer = "plugin.malformed_answer"
  case pluginReservedName = "plugin.reserved_name"
  case pluginReservedClaim = "plugin.reserved_claim"
  case pluginNotGranted = "plugin.not_granted"
  case pluginUnsupportedAnswer = "plugin.unsupported_answer"
  case pluginUnhealthy = "plugin.unhealthy"

  // Plugins: loading
  case pluginNotFound = "plugin.not_found"
  case pluginUnreadable = "plugin.unreadable"
  case pluginNotRegularFile = "plugin.not_regular_file"
  case pluginWrongOwner = "plugin.wrong_owner"
  case pluginWritableByOthers = "plugin.writable_by_others"
  case pluginWrongSHA256 = "plugin.wrong_sha256"
  case pluginChangedInPlace = "plugin.changed_in_place"
  case pluginNotLoadable = "plugin.not_loadable"
  case pluginNoSymbol = "plugin.no_symbol"
  case pluginDeclined = "plugin.declined"
  case pluginWrongMagic = "plugin.wrong_magic"
  case pluginWrongMajor = "plugin.wrong_major"
  case pluginNewerMinor = "plugin.newer_minor"
  case pluginTooShort = "plugin.too_short"
  case pluginMissingFunction = "plugin.missing_function"
  case pluginMalformed = "plugin.malformed"
  case pluginNoOffer = "plugin.no_offer"
  case pluginConfigurationRefused = "plugin.configuration_refused"
  case pluginCreationFailed = "plugin.creation_failed"

  // Keys, signatures and claims
  case jwkMalformed = "jwk.malformed"
  case jwkUnsupported = "jwk.unsupported"
  case jwkPrivate = "jwk.private"
  case jwkUnfit = "jwk.unfit"
  case jwkDuplicateKeyID = "jwk.duplicate_kid"
  case jwsTooLarge = "jws.too_large"
  case jwsSegments = "jws.segments"
  case jwsBase64URL = "jws.base64url"
  case jwsHeaderJSON = "jws.header_json"
  case jwsHeaderParameter = "jws.header_parameter"
  case jwsAlgNone = "jws.alg_none"
  case jwsAlgorithm = "jws.algorithm"
  case jwsCrit = "jws.crit"
  case jwsB64 = "jws.b64"
  case jwsZip = "jws.zip"
  case jwsKeyUnknown = "jws.key_unknown"
  case jwsSignature = "jws.signature"
  case jwsSigning = "jws.signing"
  case jwtClaimsJSON = "jwt.claims_json"
  case jwtClaim = "jwt.claim"
  case jwtExpired = "jwt.expired"
  case jwtNotYetValid = "jwt.not_yet_valid"

  // The admin API
  case adminMalformed = "admin.malformed"
  case adminMissing = "admin.missing"
  case adminConflict = "admin.conflict"
  case adminForbidden = "admin.forbidden"
  case adminUnavailable = "admin.unavailable"
}

extension ReasonCode: CustomStringConvertible {
  /// The code as it is written.
  public var description: String { rawValue }
}
