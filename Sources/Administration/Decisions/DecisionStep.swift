internal import Diagnostics
internal import HTTPServer

/// A check of a request's life, in the order in which they are made.
enum DecisionStep: String {
  case read, match, authenticate, authorize, forward
  case form, client, grant, scope, sign, store
  case answer

  /// What it asks.
  var question: String {
    switch self {
    case .read: "can the message be read, in one way only?"
    case .match: "does a route take host, path and method?"
    case .authenticate: "is there a good token: issuer, signature, times, not revoked?"
    case .authorize: "is the token for this resource, with the scopes of the route?"
    case .forward: "does the upstream answer as it should?"
    case .form: "is the form well-formed?"
    case .client: "is the client who it says?"
    case .grant: "is the grant offered, may the client use it, and does it decide for it?"
    case .scope: "may these scopes and this resource be given?"
    case .sign: "does a key sign?"
    case .store: "is all committed that must be kept?"
    case .answer: "does the endpoint answer?"
    }
  }

  /// The steps of a request, by who had it: fixed by the program's types, so that none is left out.
  static func all(of decision: Decision) -> [DecisionStep] {
    switch decision.handler {
    case .server: [.read]
    case .proxy: [.read, .match, .authenticate, .authorize, .forward]
    case .endpoint where decision.path.hasSuffix("/oauth2/v1/token"):
      [.read, .form, .client, .grant, .scope, .sign, .store]
    case .endpoint where decision.path.contains("/oauth2/"): [.read, .form, .client, .answer]
    case .endpoint: [.read, .answer]
    }
  }

  /// The step that gives a reason.
  static func giving(_ reason: ReasonCode) -> DecisionStep {
    switch reason {
    case .tokenAudience, .tokenScope: return .authorize
    case .keyUnavailable: return .sign
    default: break
    }
    switch ReasonCatalogue.area(of: reason)?.name {
    case "http": return .read
    case "route": return .match
    case "token": return .authenticate
    case "upstream": return .forward
    case "request": return .form
    case "client": return .client
    case "grant", "plugin": return .grant
    case "scope", "resource": return .scope
    case "storage": return .store
    default: return .answer
    }
  }
}

/// A step and how it went.
struct DecidedStep {
  let step: DecisionStep
  let outcome: String

  /// The steps of a decision.
  static func all(of decision: Decision, for reason: ReasonCode?) -> [DecidedStep] {
    let isAnonymous =
      decision.handler == .proxy
      && !decision.fields.contains { $0.says("subject") || $0.says("client") }
    return all(of: DecisionStep.all(of: decision), for: reason, isAnonymous: isAnonymous)
  }

  /// Steps up to the one that decided, and those that were not reached after it.
  static func all(
    of steps: [DecisionStep], for reason: ReasonCode?, isAnonymous: Bool
  ) -> [DecidedStep] {
    guard let reason else {
      return steps.map { step in
        let isLeftOut = isAnonymous && (step == .authenticate || step == .authorize)
        return DecidedStep(step: step, outcome: isLeftOut ? "not asked" : "passed")
      }
    }
    let deciding = place(of: .giving(reason), in: steps)
    return steps.enumerated().map { index, step in
      let outcome = index < deciding ? "passed" : index == deciding ? "refused" : "not reached"
      return DecidedStep(step: step, outcome: outcome)
    }
  }

  /// Storage is asked for a token by the proxy, and at the end of a token request; what belongs to
  /// no step of this request is the last one's.
  private static func place(of step: DecisionStep, in steps: [DecisionStep]) -> Int {
    if let place = steps.firstIndex(of: step) { return place }
    if step == .store, let place = steps.firstIndex(of: .authenticate) { return place }
    return max(0, steps.count - 1)
  }
}

extension LogField {
  func says(_ name: String) -> Bool { self.name.description == name }
}
