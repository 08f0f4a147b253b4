internal import Diagnostics
internal import HTTP
public import HTTPServer
internal import JSON

/// Answers what would become of a request, without sending it anywhere.
public struct TrialAdministration: Sendable {
  /// Judges the head of a request; may wait for storage.
  public typealias Judge = @Sendable ([UInt8]) -> TrialOutcome

  private let judge: Judge

  /// Trials by a judge.
  public init(judge: @escaping Judge) { self.judge = judge }

  /// The admin endpoint.
  public func endpoints(
    allowedUsers: Set<UInt32>, offload: @escaping AdminEndpoint.Offload
  ) -> [any Endpoint] {
    [
      AdminEndpoint(
        .post, AdminPath.trial, "What would become of a request, which is sent nowhere",
        parameters: Self.parameters, result: TrialOutcome.schema, allowedUsers: allowedUsers,
        offload: offload
      ) { parameters throws(AdminFault) in
        let head = try TrialHead(
          request: parameters.required("request"), host: parameters.optional("host"),
          token: parameters.optional("token").map(Secret.init))
        return judge(head.bytes).json
      }
    ]
  }

  private static let parameters = [
    ParameterDescription(
      "request", in: .json, required: true, description: "Method and target",
      example: "GET /api/things"),
    ParameterDescription("host", in: .json, description: "The `Host`; else `localhost`"),
    ParameterDescription(
      "token", in: .json, secret: true, description: "The bearer token, if it has one"),
  ]
}

/// The head of a request in the words of whoever asks; the proxy's own parser reads it.
struct TrialHead {
  let bytes: [UInt8]

  init(request: String, host: String?, token: Secret<String>?) throws(AdminFault) {
    let words = request.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 2, !words[0].isEmpty, words[1].hasPrefix("/") else {
      throw .malformed("A request is a method and a path, such as 'GET /api/things'.")
    }
    var head = "\(request) HTTP/1.1\r\nHost: \(host ?? "localhost")\r\n"
    if let token { head += "Authorization: Bearer \(token.reveal())\r\n" }
    let isOneLineEach = ![request, host ?? "", token?.reveal() ?? ""].contains { text in
      text.unicodeScalars.contains { $0 == "\r" || $0 == "\n" }
    }
    guard isOneLineEach else { throw .malformed("Nothing here may have a line break.") }
    bytes = Array((head + "\r\n").utf8)
  }
}
