/// A request and its answer, as the judge of OpenAPI documents takes them.
package struct OpenAPIExchange {
  /// The method that was sent.
  package let method: String
  /// The path that was asked for.
  package let path: String
  /// What is special about the request, for the judge's complaint.
  package let what: String
  /// What came.
  package let answer: HTTPAnswer

  package init(_ method: String, _ path: String, _ what: String, _ answer: HTTPAnswer) {
    self.method = method
    self.path = path
    self.what = what
    self.answer = answer
  }

  var question: [String: Any] {
    [
      "method": method, "path": path, "what": what, "status": answer.status,
      "fields": answer.fields.map { [$0.name, $0.value] }, "body": answer.text,
    ]
  }
}

extension Judge {
  /// What is wrong with an OpenAPI document, and with answers by it.
  ///
  /// A member that the document's schemas do not name is a fault.
  package static func faults(
    inOpenAPI document: [String: Any], by exchanges: [OpenAPIExchange]
  ) throws -> [String] {
    let answer = try ask(
      ["document": document, "exchanges": exchanges.map(\.question)], of: "openapi.py")
    return answer["faults"] as? [String] ?? ["no answer"]
  }
}
