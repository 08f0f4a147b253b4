internal import HTTP
internal import HTTPServer
internal import JSON

extension OpenAPIDocument {
  /// What operations share: schemas, headers, security schemes, each written once.
  struct Components {
    private var schemas = JSONObject()
    private var usesBasic = false
    private var usesBearer = false

    /// The object for the document.
    var json: JSONObject {
      var json: JSONObject = [
        "schemas": .object(schemas),
        "headers": [
          "RequestID": [
            "description": "The name of the request, in the log as in this answer",
            "required": true, "schema": ["type": "string"],
          ],
          "CrossOrigin": [
            "description": "Every web page may read the answer, without credentials",
            "schema": ["type": "string", "enum": ["*"]],
          ],
        ],
      ]
      var schemes = JSONObject()
      if usesBasic {
        schemes["client"] = [
          "type": "http", "scheme": "basic",
          "description":
            "Client authentication by `client_secret_basic`: the client's id and secret, each form-urlencoded (RFC 6749 2.3.1)",
        ]
      }
      if usesBearer {
        schemes["token"] = [
          "type": "http", "scheme": "bearer",
          "description": "An access token of this issuer for the admin API (RFC 6750)",
        ]
      }
      if !schemes.members.isEmpty { json["securitySchemes"] = .object(schemes) }
      return json
    }

    /// One method of one path.
    mutating func operation(
      _ endpoint: EndpointDescription, _ method: HTTP.Method, _ topic: Topic
    ) -> JSONObject {
      var operation: JSONObject = [
        "operationId": .string(endpoint.operationID(of: method)),
        "summary": .string(endpoint.summary), "tags": [.string(topic.name)],
      ]
      if let text = endpoint.authenticationText { operation["description"] = .string(text) }
      let parameters = endpoint.parameters.compactMap { parameter(of: $0) }
      if !parameters.isEmpty { operation["parameters"] = .array(parameters) }
      if method != .get, let body = requestBody(of: endpoint) {
        operation["requestBody"] = .object(body)
      }
      operation["responses"] = .object(responses(of: endpoint))
      operation["security"] = .array(security(of: endpoint))
      return operation
    }

    private mutating func security(of endpoint: EndpointDescription) -> [JSONValue] {
      if endpoint.authentication == .bearer {
        usesBearer = true
        return [["token": []]]
      }
      guard endpoint.authentication == .client else { return [] }
      usesBasic = true
      // The other methods put their parameters into the body, which OpenAPI has no scheme for.
      let others = endpoint.clientMethods.contains { $0 != "client_secret_basic" }
      return [["client": []]] + (others ? [.object(JSONObject())] : [])
    }
  }
}

// MARK: - What may be sent

extension OpenAPIDocument.Components {
  private mutating func parameter(of description: ParameterDescription) -> JSONValue? {
    let place: String
    switch description.location {
    case .query: place = "query"
    case .header: place = "header"
    case .form, .json: return nil
    }
    var parameter: JSONObject = [
      "name": .string(description.name), "in": .string(place),
      "description": .string(description.description), "required": .bool(description.required),
      "schema": schema(of: description),
    ]
    if let example = description.example { parameter["example"] = example }
    return .object(parameter)
  }

  private mutating func requestBody(of endpoint: EndpointDescription) -> JSONObject? {
    var content = JSONObject()
    let bodies: [(ParameterDescription.Location, String)] = [
      (.form, "application/x-www-form-urlencoded"), (.json, "application/json"),
    ]
    var isRequired = false
    for (location, type) in bodies {
      let parameters = endpoint.parameters.filter { $0.location == location }
      guard !parameters.isEmpty else { continue }
      content[type] = .object(body(of: parameters))
      isRequired = isRequired || parameters.contains(where: \.required)
    }
    return content.isEmpty ? nil : ["required": .bool(isRequired), "content": .object(content)]
  }

  private mutating func body(of parameters: [ParameterDescription]) -> JSONObject {
    var properties = JSONObject()
    var example = JSONObject()
    for parameter in parameters {
      properties[parameter.name] = property(of: parameter)
      if parameter.required || !parameter.secret, let value = parameter.example {
        example[parameter.name] = parameter.multiple ? [value] : value
      }
    }
    var schema: JSONObject = ["type": "object", "properties": .object(properties)]
    let required = parameters.filter(\.required).map { JSONValue.string($0.name) }
    if !required.isEmpty { schema["required"] = .array(required) }
    var media: JSONObject = ["schema": .object(schema)]
    if !example.isEmpty { media["example"] = .object(example) }
    return media
  }

  private mutating func property(of parameter: ParameterDescription) -> JSONValue {
    guard var property = schema(of: parameter).object else { return true }
    property["description"] = .string(parameter.description)
    if parameter.secret { property["format"] = "password" }
    if let example = parameter.example {
      property["examples"] = [parameter.multiple ? [example] : example]
    }
    return .object(property)
  }

  private mutating func schema(of parameter: ParameterDescription) -> JSONValue {
    let one = parameter.schema.rendered(into: &schemas)
    return parameter.multiple ? ["type": "array", "items": one] : one
  }
}

// MARK: - What may come back

extension OpenAPIDocument.Components {
  private mutating func responses(of endpoint: EndpointDescription) -> JSONObject {
    var statuses: [HTTP.Status] = []
    let answers = endpoint.responses + ServerAnswers.all
    for answer in answers where !statuses.contains(answer.status) { statuses.append(answer.status) }
    var responses = JSONObject()
    for status in statuses.sorted(by: { $0.code < $1.code }) {
      let same = answers.filter { $0.status == status }
      responses["\(status.code)"] = .object(
        response(of: same, isCrossOrigin: endpoint.cors == .any))
    }
    return responses
  }

  /// Answers of one status, told apart by their media type; of two of one type the first counts.
  private mutating func response(
    of answers: [ResponseDescription], isCrossOrigin: Bool
  ) -> JSONObject {
    var headers: JSONObject = ["x-request-id": ["$ref": "#/components/headers/RequestID"]]
    if isCrossOrigin {
      headers["access-control-allow-origin"] = ["$ref": "#/components/headers/CrossOrigin"]
    }
    var content = JSONObject()
    var texts: [String] = []
    for answer in answers where answer.contentType.map({ content[$0] == nil }) ?? true {
      texts.append(answer.description)
      if let type = answer.contentType { content[type] = .object(media(of: answer)) }
      for field in answer.fields {
        // What only one of several answers has is not there for sure.
        headers[field.name.rawValue] = [
          "description": .string(field.description),
          "required": .bool(field.isRequired && answers.count == 1),
          "schema": ["type": "string"],
        ]
      }
    }
    var response: JSONObject = [
      "description": .string(texts.joined(separator: "; or: ")), "headers": .object(headers),
    ]
    if !content.isEmpty { response["content"] = .object(content) }
    return response
  }

  private mutating func media(of answer: ResponseDescription) -> JSONObject {
    let schema = answer.schema ?? .string()
    var media: JSONObject = ["schema": schema.rendered(into: &schemas)]
    if let example = answer.example { media["example"] = example }
    return media
  }
}

extension EndpointDescription {
  /// Unique, since no two endpoints share a method and a path.
  fileprivate func operationID(of method: HTTP.Method) -> String {
    let words = path.split(whereSeparator: { !$0.isLetter && !$0.isNumber })
      .map { $0.prefix(1).uppercased() + $0.dropFirst() }
    let own = operation ?? words.joined() + (path.hasSuffix("/") ? "Index" : "")
    guard operation == nil || methods.count > 1 else { return own }
    return method.rawValue.lowercased() + own.prefix(1).uppercased() + own.dropFirst()
  }

  fileprivate var authenticationText: String? {
    switch authentication {
    case .none: nil
    case .client:
      "The client authenticates by one of: \(clientMethods.joined(separator: ", ")); "
        + "never by two at once."
    case .bearer: "Answered to holders of an access token with the scope of administration."
    case .peer:
      "Answered on the admin socket only, to the users that the operating system vouches for."
    }
  }
}
