public import Diagnostics
public import HTTP
public import HTTPServer
public import JSON

/// One operation of the admin API: JSON in, JSON out, off the event loop.
///
/// Only the operating system's word counts for who asks: the peer's user id on the unix socket.
public struct AdminEndpoint: Endpoint {
  /// Runs work off the loop; false when there is no room.
  public typealias Offload = @Sendable (@escaping @Sendable () -> Void) -> Bool
  /// The operation.
  public typealias Operation = @Sendable (JSONObject) throws(AdminFault) -> JSONValue

  /// What the endpoint takes and gives.
  public let description: EndpointDescription
  private let audit: AuditEvent?
  private let allowedUsers: Set<UInt32>
  private let offload: Offload
  private let operation: Operation

  /// An operation at a path, with the event that its success is; a GET takes its parameters from nowhere, a POST from its JSON body.
  public init(
    _ method: Method, _ path: String, _ summary: String, parameters: [ParameterDescription] = [],
    result: JSONSchema = .any, example: JSONValue? = nil, audit: AuditEvent? = nil,
    allowedUsers: Set<UInt32>, offload: @escaping Offload, operation: @escaping Operation
  ) {
    description = EndpointDescription(
      methods: [method], path: path, summary: summary, parameters: parameters,
      authentication: .peer,
      responses: [
        ResponseDescription(
          .ok, "The result", schema: result, fields: [.cacheControl], example: example)
      ] + AdminFault.answers)
    self.audit = audit
    self.allowedUsers = allowedUsers
    self.offload = offload
    self.operation = operation
  }

  /// Answers from the pool.
  public func respond(to request: Request, through responder: Responder) {
    do throws(AdminFault) {
      try Self.authorize(request.peer, allowedUsers)
    } catch {
      responder.send(error.response, noting: error.logFields)
      return
    }
    let accepted = offload {
      do throws(AdminFault) {
        let result = try operation(Self.parameters(of: request))
        responder.send(
          Response(
            status: .ok,
            fields: Fields([.contentType: "application/json", .cacheControl: "no-store"]),
            body: result.serialized()), noting: notes(on: result))
      } catch {
        responder.send(error.response, noting: error.logFields)
      }
    }
    if !accepted {
      let fault = AdminFault.unavailable("Too many requests are waiting; try again.")
      responder.send(fault.response, noting: fault.logFields)
    }
  }

  /// A change is told to the audit log, with what it was made to.
  private func notes(on result: JSONValue) -> [LogField] {
    guard let audit else { return [] }
    let target = result.object?["id"]?.string.map { [LogField("target", $0)] } ?? []
    return [LogField(audit: audit)] + target
  }

  static func authorize(
    _ peer: PeerAddress, _ allowedUsers: Set<UInt32>
  ) throws(AdminFault) {
    guard case .unix(let user) = peer.host, allowedUsers.contains(user) else {
      throw .forbidden("The admin API answers only its own user and root, on the unix socket.")
    }
  }

  private static func parameters(of request: Request) throws(AdminFault) -> JSONObject {
    guard !request.body.isEmpty else { return JSONObject() }
    let types = request.fields.all(.contentType)
    guard types.count == 1, let type = types.first,
      MediaType(type)?.essence == "application/json"
    else { throw .mediaType }
    do {
      guard let object = try JSONValue(parsing: request.body).object else {
        throw AdminFault.malformed("The body must be a JSON object.")
      }
      return object
    } catch let fault as AdminFault {
      throw fault
    } catch {
      throw .malformed("The body is not JSON: \(error).")
    }
  }
}
