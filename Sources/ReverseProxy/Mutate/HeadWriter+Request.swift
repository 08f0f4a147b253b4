internal import Diagnostics
internal import HTTP
internal import OAuth
internal import Tokens

// The parts of an upstream request's head, in the order in which they are written.
extension HeadWriter {
  mutating func appendHost(
    at destination: Route.Destination, _ head: borrowing RequestHead, in bytes: Span<UInt8>
  ) {
    if let host = destination.host {
      append(.host, host)
    } else if let host = head.host {
      append(.host, host.value, of: bytes)
    } else {
      // "MUST send a Host header field with an empty field value" when there is none to name
      // (RFC 9112 3.2): the client spoke HTTP/1.0.
      append(.host, "")
    }
  }

  mutating func appendPassingFields(
    of head: borrowing RequestHead, on route: Route, in bytes: Span<UInt8>
  ) {
    let named = NamedFields(head.connection, of: head.fields)
    for field in head.fields.slots where !named.contains(field.name, in: bytes) {
      switch FieldFate(of: field, in: bytes) {
      case .passes: append(field, of: bytes)
      case .credentials: if route.passesAuthorization { append(field, of: bytes) }
      case .cookie: appendCookie(field, in: bytes)
      case .ends: break
      }
    }
  }

  /// Passes a Cookie field on without our own cookies.
  private mutating func appendCookie(_ field: FieldSlot, in bytes: Span<UInt8>) {
    var pairs = CookiePairs(field.value)
    var hasOthers = false
    var hasOwn = false
    while let pair = pairs.next(in: bytes) {
      if OwnCookie.isNamed(by: pair.name, in: bytes) { hasOwn = true } else { hasOthers = true }
    }
    guard hasOwn else {
      append(field, of: bytes)
      return
    }
    guard hasOthers else { return }
    pairs = CookiePairs(field.value)
    beginField(.cookie)
    var isFirst = true
    while let pair = pairs.next(in: bytes) {
      guard !OwnCookie.isNamed(by: pair.name, in: bytes) else { continue }
      if !isFirst { add(literal: "; ") }
      add(pair.whole, of: bytes)
      isFirst = false
    }
    endField()
  }

  /// Says where the request came from: what a trusted hop said and the peer, or the peer alone.
  mutating func appendForwarding(
    of head: borrowing RequestHead, from origin: RequestOrigin, in bytes: Span<UInt8>
  ) {
    beginField(.forwardedFor)
    if origin.isTrustedHop {
      for field in head.fields.slots where field.known == .forwardedFor && !field.value.isEmpty {
        add(field.value, of: bytes)
        add(literal: ", ")
      }
    }
    add(origin.peer.host)
    endField()
    beginField(.forwardedProto)
    let isSecure = origin.trustedScheme(of: head, in: bytes) ?? origin.isSecure
    add(literal: isSecure ? "https" : "http")
    endField()
    if let host = origin.trustedHost(of: head) ?? head.host?.value {
      append(.forwardedHost, host, of: bytes)
    }
    // RFC 9110 7.6.3: a gateway "MUST send an appropriate Via header field" to the upstream.
    beginField(.via)
    add(literal: head.version == .http11 ? "1.1 sallyport" : "1.0 sallyport")
    endField()
  }

  /// Says who was let through.
  ///
  /// Subject, client and issuer are percent-encoded where they are not visible ASCII, so that any
  /// of them can be carried and none can end the line; scopes are a JSON array.
  mutating func appendIdentity(of token: VerifiedToken) {
    let known = token.attachment {
      IdentityLines(FieldLines { writer in writer.writeIdentity(of: token) })
    }
    append(known.lines)
  }

  private mutating func writeIdentity(of token: VerifiedToken) {
    if let subject = token.subject { append(.sallyportSubject, escaping: subject.text) }
    if let client = token.client { append(.sallyportClient, escaping: client.text) }
    append(.sallyportIssuer, escaping: token.issuer)
    beginField(.sallyportScopes)
    add(literal: "[")
    for (index, scope) in token.scopes.scopes.enumerated() {
      // A scope is visible ASCII without quotes and backslashes (RFC 6749 3.3): JSON as it is.
      guard let value = FieldValue(scope.text) else { continue }
      add(literal: index == 0 ? "\"" : ",\"")
      add(value)
      add(literal: "\"")
    }
    add(literal: "]")
    endField()
  }

  private mutating func append(_ name: FieldName, escaping text: String) {
    beginField(name)
    add(escaping: text)
    endField()
  }

  /// Says which trace the request belongs to (W3C Trace Context); broken lists are not passed on.
  mutating func appendTrace(
    of head: borrowing RequestHead, from origin: RequestOrigin, in bytes: Span<UInt8>
  ) {
    guard let trace = origin.trace else { return }
    append(.traceparent, trace)
    guard origin.passesTraceState, head.fields.has(.tracestate) else { return }
    var state = TraceState()
    for field in head.fields.slots where field.known == .tracestate {
      state.look(at: bytes.extracting(field.value.range))
    }
    guard state.isPassable else { return }
    for field in head.fields.slots where field.known == .tracestate && !field.value.isEmpty {
      append(field, of: bytes)
    }
  }

  mutating func appendFraming(_ framing: BodyFraming) {
    switch framing {
    case .empty, .untilClose: break
    case .length(let length): append(.contentLength, length)
    case .chunked: append(.transferEncoding, "chunked")
    }
  }
}

/// The fields that say who was let through, written once for each token.
private final class IdentityLines: TokenAttachment, @unchecked Sendable {
  let lines: FieldLines

  init(_ lines: FieldLines) { self.lines = lines }
}

extension RequestOrigin {
  /// Whether a trusted hop says that the client spoke TLS to it; nil when it says nothing usable.
  fileprivate func trustedScheme(of head: borrowing RequestHead, in bytes: Span<UInt8>) -> Bool? {
    guard isTrustedHop, !head.fields.isRepeated(.forwardedProto),
      let value = head.fields.first(.forwardedProto)?.value
    else { return nil }
    if value.matches("https", in: bytes) { return true }
    return value.matches("http", in: bytes) ? false : nil
  }

  /// The host that a trusted hop says the client named.
  fileprivate func trustedHost(of head: borrowing RequestHead) -> Slot? {
    guard isTrustedHop, !head.fields.isRepeated(.forwardedHost),
      let value = head.fields.first(.forwardedHost)?.value, !value.isEmpty
    else { return nil }
    return value
  }
}
