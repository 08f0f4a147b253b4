internal import Diagnostics
internal import HTTP
internal import Transport

/// An endpoint's request while its content comes.
struct CollectedRequest {
  let endpoint: any Endpoint
  let limit: Int
  var request: Request
  var content: [UInt8] = []
}

extension Exchange {
  /// Takes the head for an endpoint, and reads the content before the endpoint sees anything.
  func collect(
    _ head: borrowing RequestHead, in bytes: Span<UInt8>, for endpoint: any Endpoint,
    _ description: EndpointDescription, _ connection: Connection
  ) {
    flags.isCrossOrigin = description.cors == .any
    measure(as: stand.site.meter(of: description), named: description.path)
    let limit = min(description.bodyLimit, server.limits.bodyBytes)
    if case .length(let length) = head.framing, length > limit {
      refuse(.contentTooLarge, .httpBodyTooLong)
      return
    }
    let request = Request(
      id: id, method: head.method(in: bytes), path: head.target.path(in: bytes),
      query: head.target.query?.text(in: bytes), fields: head.fields.fields(in: bytes),
      body: [], peer: peer, isSecure: isSecure)
    collected = CollectedRequest(endpoint: endpoint, limit: limit, request: request)
    connection.consume(head.length)
    phase = .content
    contentStart = server.loop.now
    if flags.expectsContinue, connection.readable.isEmpty { writeContinue(connection) }
  }

  /// Reads content; false when more must come, or when the endpoint has the request.
  func collectContent(_ connection: Connection) -> Bool {
    while !reader.isDone {
      let readable = connection.readable
      guard !readable.isEmpty else { return false }
      guard takeContent(readable, connection) else { return true }
    }
    guard let collected else { return false }
    self.collected = nil
    phase = .answering
    let request = collected.request.with(body: collected.content)
    collected.endpoint.respond(to: request, through: makeResponder())
    return phase == .head
  }

  /// False when the request was refused.
  private func takeContent(
    _ readable: UnsafeBufferPointer<UInt8>, _ connection: Connection
  ) -> Bool {
    do throws(MessageFault) {
      let (content, used) = try reader.next(in: readable)
      let limit = collected?.limit ?? 0
      guard (collected?.content.count ?? 0) + content.count <= limit else {
        refuse(.contentTooLarge, .httpBodyTooLong)
        return false
      }
      collected?.content.append(contentsOf: readable[content])
      connection.consume(used)
      guard countContent(used) else {
        refuse(.requestTimeout, .httpBodyTooSlow)
        return false
      }
    } catch {
      refuse(error.status, error.code)
      return false
    }
    return true
  }

  private func makeResponder() -> Responder {
    let reference = ExchangeReference(exchange: self, generation: generation, loop: server.loop)
    return Responder { response, fields in reference.answer(response, fields) }
  }

  /// Takes the endpoint's answer; one that comes too late is dropped.
  fileprivate func answer(_ response: Response, _ fields: [LogField], generation: UInt32) {
    guard self.generation == generation, phase == .answering, !flags.hasBegunResponse,
      let connection
    else { return }
    for field in fields { note(field) }
    write(response)
    finish(connection)
    processInput()
  }

  /// RFC 9110 10.1.1: the client waits for this before it sends the content.
  func writeContinue(_ connection: Connection) {
    flags.expectsContinue = false
    connection.append("HTTP/1.1 100 Continue\r\n\r\n")
  }
}

/// The way back to an exchange from any thread.
///
/// Unchecked, because the exchange is touched on its loop only.
private struct ExchangeReference: @unchecked Sendable {
  let exchange: Exchange
  let generation: UInt32
  let loop: EventLoop

  func answer(_ response: Response, _ fields: [LogField]) {
    if loop.isCurrent {
      exchange.answer(response, fields, generation: generation)
    } else {
      loop.post { exchange.answer(response, fields, generation: generation) }
    }
  }
}

extension Request {
  func with(body: [UInt8]) -> Request {
    Request(
      id: id, method: method, path: path, query: query, fields: fields, body: body, peer: peer,
      isSecure: isSecure)
  }
}
