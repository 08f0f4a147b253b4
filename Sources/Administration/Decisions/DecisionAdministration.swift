public import Diagnostics
internal import HTTP
public import HTTPServer
internal import JSON

/// What may be asked about decisions: why a request was answered as it was.
public struct DecisionAdministration: Sendable {
  /// Looks a decision up; from any thread, and may wait for the event loops.
  public typealias Find = @Sendable (RequestID) -> Decision?
  /// The newest refusals, newest first, at most so many.
  public typealias Newest = @Sendable (Int) -> [Decision]
  /// What is kept.
  public typealias Spans = @Sendable () -> [DecisionSpan]

  private let find: Find
  private let newest: Newest
  private let spans: Spans

  /// Administration of the decisions that closures look up.
  public init(find: @escaping Find, newest: @escaping Newest, spans: @escaping Spans) {
    self.find = find
    self.newest = newest
    self.spans = spans
  }

  /// How many refusals are listed at most.
  static let listed = 20

  /// The admin endpoints on decisions.
  public func endpoints(
    allowedUsers: Set<UInt32>, offload: @escaping AdminEndpoint.Offload
  ) -> [any Endpoint] {
    [
      AdminEndpoint(
        .post, AdminPath.explain, "Why a request was answered as it was",
        parameters: [Self.request], result: Decision.schema, allowedUsers: allowedUsers,
        offload: offload
      ) { parameters throws(AdminFault) in try explain(parameters.required("request")) },
      AdminEndpoint(
        .get, AdminPath.refusals, "The last refusals, newest first",
        result: .array(of: Decision.schema), allowedUsers: allowedUsers, offload: offload
      ) { _ throws(AdminFault) in .array(newest(Self.listed).map(\.explanation)) },
    ]
  }

  private static let request = ParameterDescription(
    "request", in: .json, required: true, description: "The request's id, its `X-Request-Id`",
    example: "5f1d6a0b9c3e4d7f8a2b1c0d9e8f7a6b")

  private func explain(_ text: String) throws(AdminFault) -> JSONValue {
    guard let id = RequestID(text) else {
      throw .malformed("\"\(text)\" is no request id: 32 digits of 0-9 and a-f.")
    }
    guard let decision = find(id) else { throw .missing(absence(of: id)) }
    return decision.explanation
  }

  private func absence(of id: RequestID) -> String {
    guard id.isOfThisProcess else {
      return "Request \(id) is not this process's: another instance had it, or this one before it "
        + "was started anew. Its line in the log tells what happened."
    }
    return "Nothing is kept of request \(id): it has not ended, or newer ones took its place. Kept "
      + "are the last \(kept), not by time but by number (log.decisions)."
  }

  private var kept: String {
    let words: [Decision.Outcome: String] = [
      .refused: "refusals", .issued: "issued tokens", .passed: "passed requests",
    ]
    return Decision.Outcome.allCases.reversed().map { outcome in
      let own = spans().filter { $0.outcome == outcome }
      let count = own.map(\.count).reduce(0, +)
      let since = own.compactMap(\.oldest).min().map { " since \($0.text)" } ?? ""
      return "\(count) \(words[outcome] ?? outcome.name)\(since)"
    }.joined(separator: ", ")
  }
}
