extension ReasonCatalogue {
  static let http = ReasonArea(
    "http", "HTTP messages",
    """
    What is wrong with a message itself. A request like this ends its connection, since nobody \
    can say where the next one begins: two programs that read it differently are how requests \
    get smuggled.
    """,
    [
      ReasonEntry(
        .httpBareLineFeed, "Bare LF", shownAs: [.badRequest],
        means: "A line ends by LF without CR.",
        remedy: "Send CRLF."),
      ReasonEntry(
        .httpBareCarriageReturn, "Bare CR", shownAs: [.badRequest],
        means: "A CR stands without LF.",
        remedy: "Send CRLF."),
      ReasonEntry(
        .httpHeadTooLong, "Head too long", shownAs: [.fieldsTooLarge],
        means: "Request line and fields are longer than `limits.headBytes`.",
        remedy: "Send fewer or smaller cookies and fields, or raise the limit."),
      ReasonEntry(
        .httpInvalidMethod, "Method malformed", shownAs: [.badRequest],
        means: "The method is not a token.",
        remedy: "Send a method such as `GET`. A TLS handshake on a plain port looks like this."),
      ReasonEntry(
        .httpMethodTooLong, "Method too long", shownAs: [.notImplemented],
        means: "No method is this long.",
        remedy: "Send a method such as `GET`."),
      ReasonEntry(
        .httpConnect, "CONNECT", shownAs: [.notImplemented],
        means: "This is no forward proxy.",
        remedy: "Do not use it as one."),
      ReasonEntry(
        .httpTrace, "TRACE", shownAs: [.notImplemented],
        means: "TRACE sends the request back, credentials included, so it is never answered.",
        remedy: "Use something else to debug: `sallyport explain`."),
      ReasonEntry(
        .httpInvalidTarget, "Target malformed", shownAs: [.badRequest],
        means: "The request's target is no path, absolute URI or `*`.",
        remedy: "Percent-encode what may not stand in a URI."),
      ReasonEntry(
        .httpFragmentInTarget, "Fragment in target", shownAs: [.badRequest],
        means: "The target has a `#`, which never goes on the wire.",
        remedy: "Remove it, or write `%23`."),
      ReasonEntry(
        .httpTargetTooLong, "Target too long", shownAs: [.uriTooLong],
        means: "The target is longer than `limits.targetBytes`.",
        remedy: "Send data in the body, or raise the limit."),
      ReasonEntry(
        .httpInvalidVersion, "Version malformed", shownAs: [.badRequest],
        means: "The request line does not end in `HTTP/` and a version.",
        remedy: "Send HTTP/1.1."),
      ReasonEntry(
        .httpVersionNotSupported, "Version not supported", shownAs: [.versionNotSupported],
        means: "The version is none of 1.0 and 1.1.",
        remedy: "Send HTTP/1.1."),
      ReasonEntry(
        .httpInvalidPercentEncoding, "Percent sign malformed", shownAs: [.badRequest],
        means: "A `%` in the path is not followed by two hexadecimal digits.",
        remedy: "Write a percent sign as `%25`."),
      ReasonEntry(
        .httpEncodedSeparator, "Encoded separator", shownAs: [.badRequest],
        means: """
          The path has an encoded `/`, `\\`, NUL or the like, which programs read in different \
          ways.
          """,
        remedy: "Do not encode separators in a path; send such values in the query."),
      ReasonEntry(
        .httpDoubleEncoding, "Encoded twice", shownAs: [.badRequest],
        means: "The path is percent-encoded twice.",
        remedy: "Encode once."),
      ReasonEntry(
        .httpPathAboveRoot, "Above the root", shownAs: [.badRequest],
        means: "The path has more `..` than segments to leave.",
        remedy: "Send the path that is meant."),
      ReasonEntry(
        .httpDotSegmentWithParameters, "Dot segment with parameters", shownAs: [.badRequest],
        means: "A segment is `..;x` or the like, which some servers take for `..`.",
        remedy: "Send the path that is meant."),
      ReasonEntry(
        .httpInvalidFieldName, "Field name malformed", shownAs: [.badRequest],
        means: "A field's name is not a token.",
        remedy: "Mend the client."),
      ReasonEntry(
        .httpSpaceBeforeColon, "Space before colon", shownAs: [.badRequest],
        means: "A field's name is followed by a blank (RFC 9112 5.1).",
        remedy: "Mend the client."),
      ReasonEntry(
        .httpLineFolding, "Folded field", shownAs: [.badRequest],
        means: "A field goes on in the next line, which RFC 9112 5.2 forbids.",
        remedy: "Write it in one line."),
      ReasonEntry(
        .httpInvalidFieldValue, "Field value malformed", shownAs: [.badRequest],
        means: "A field's value has a control character.",
        remedy: "Mend the client."),
      ReasonEntry(
        .httpFieldTooLong, "Field too long", shownAs: [.fieldsTooLarge],
        means: "A field is longer than `limits.fieldBytes`.",
        remedy: "Make it smaller, or raise the limit."),
      ReasonEntry(
        .httpTooManyFields, "Too many fields", shownAs: [.fieldsTooLarge],
        means: "There are more fields than `limits.fieldCount`.",
        remedy: "Send fewer, or raise the limit."),
      ReasonEntry(
        .httpMissingHost, "No Host", shownAs: [.badRequest],
        means: "HTTP/1.1 demands a `Host` field.",
        remedy: "Send it."),
      ReasonEntry(
        .httpRepeatedHost, "Two Hosts", shownAs: [.badRequest],
        means: "More than one `Host` field.",
        remedy: "Send one."),
      ReasonEntry(
        .httpInvalidHost, "Host malformed", shownAs: [.badRequest],
        means: "`Host` is no name or address with an optional port.",
        remedy: "Mend it."),
      ReasonEntry(
        .httpTargetDisagreesWithHost, "Target and Host disagree", shownAs: [.badRequest],
        means: "An absolute target names another host than `Host`.",
        remedy: "Send the same in both."),
      ReasonEntry(
        .httpRepeatedContentLength, "Two lengths", shownAs: [.badRequest],
        means: "More than one `Content-Length`.",
        remedy: "Send one."),
      ReasonEntry(
        .httpInvalidContentLength, "Length malformed", shownAs: [.badRequest],
        means: "`Content-Length` is no number, or too large a one.",
        remedy: "Mend the client."),
      ReasonEntry(
        .httpLengthWithCoding, "Length and coding", shownAs: [.badRequest],
        means: """
          Both `Content-Length` and `Transfer-Encoding` are there: the classic of request \
          smuggling.
          """,
        remedy: "Send one."),
      ReasonEntry(
        .httpRepeatedTransferEncoding, "Two codings", shownAs: [.badRequest],
        means: "More than one `Transfer-Encoding`.",
        remedy: "Send one."),
      ReasonEntry(
        .httpTransferEncodingNotSupported, "Coding not supported", shownAs: [.notImplemented],
        means: "A transfer coding other than `chunked`.",
        remedy: "Send `chunked` or a length."),
      ReasonEntry(
        .httpTransferEncodingNotChunked, "Coding malformed", shownAs: [.badRequest],
        means: "`Transfer-Encoding` does not end in `chunked`.",
        remedy: "Send `chunked`."),
      ReasonEntry(
        .httpTransferEncodingInOldVersion, "Coding in HTTP/1.0", shownAs: [.badRequest],
        means: "HTTP/1.0 knows no transfer coding.",
        remedy: "Send HTTP/1.1 or a length."),
      ReasonEntry(
        .httpInvalidConnection, "Connection malformed", shownAs: [.badRequest],
        means: "`Connection` is no list of tokens.",
        remedy: "Mend the client."),
      ReasonEntry(
        .httpExpectationNotSupported, "Expectation not supported", shownAs: [.expectationFailed],
        means: "`Expect` asks for something else than `100-continue`.",
        remedy: "Leave it out."),
      ReasonEntry(
        .httpInvalidChunkSize, "Chunk size malformed", shownAs: [.badRequest],
        means: "A chunk's size is no hexadecimal number, or too large a one.",
        remedy: "Mend the client."),
      ReasonEntry(
        .httpChunkExtensionTooLong, "Chunk extension too long", shownAs: [.badRequest],
        means: "A chunk's size line is too long.",
        remedy: "Leave chunk extensions out."),
      ReasonEntry(
        .httpInvalidChunkEnd, "Chunk end malformed", shownAs: [.badRequest],
        means: "A chunk is longer or shorter than its size says.",
        remedy: "Mend the client."),
      ReasonEntry(
        .httpTrailersTooLong, "Trailers too long", shownAs: [.fieldsTooLarge],
        means: "The fields after the last chunk are too long.",
        remedy: "Leave them out."),
      ReasonEntry(
        .httpInvalidStatusLine, "Status line malformed", shownAs: [.badGateway],
        means: "An upstream's answer does not begin as an HTTP answer.",
        remedy: "Mend the upstream; is it the right port, with or without TLS?"),
      ReasonEntry(
        .httpHeadTimeout, "Head too slow", shownAs: [.requestTimeout],
        means: "The head did not come whole within `limits.headTimeout`.",
        remedy: "Slow networks need more; a client that does this on purpose is an attack."),
      ReasonEntry(
        .httpBodyTimeout, "Content stopped", shownAs: [.requestTimeout],
        means: "No content came for `limits.bodyTimeout`.",
        remedy: "Send it without such pauses, or raise the limit."),
      ReasonEntry(
        .httpBodyTooSlow, "Content too slow", shownAs: [.requestTimeout],
        means: "Content came slower than `limits.bodyRate` allows.",
        remedy: "Send faster, or lower the limit."),
      ReasonEntry(
        .httpBodyTooLong, "Content too long", shownAs: [.contentTooLarge],
        means: """
          The content is longer than the endpoint takes or than the limit for streamed content.
          """,
        remedy: "Send less, or raise the limit."),
      ReasonEntry(
        .httpAnswerTimeout, "No answer in time", shownAs: [.serviceUnavailable],
        means: "Whoever had the request did not answer within `limits.answerTimeout`.",
        remedy: "Look for a stuck plugin or storage: `/health/ready`."),
      ReasonEntry(
        .httpMisdirected, "Not this host", shownAs: [.misdirectedRequest],
        means: """
          The listener serves only certain hosts (the demonstration: loopback names), and `Host` \
          names another.
          """,
        remedy: "Use the host that is served."),
      ReasonEntry(
        .httpNoEndpoint, "Nothing at this path", shownAs: [.notFound],
        means: "The listener has no endpoint of this path, and no proxy takes the rest.",
        remedy: "Mend the path, or the listener's `serves`."),
      ReasonEntry(
        .httpMethodNotAllowed, "Method not taken", shownAs: [.methodNotAllowed],
        means: "The endpoint exists, for other methods; `Allow` names them.",
        remedy: "Use one of these."),
    ])
}
