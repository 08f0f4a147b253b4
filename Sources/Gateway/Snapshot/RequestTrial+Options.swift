internal import Administration
internal import Diagnostics
internal import HTTP
internal import OAuth
internal import PluginHost
internal import Ports
internal import ReverseProxy
internal import Tokens

extension TrialAdministration {
  /// Trials by the rules of a snapshot's door.
  init(_ plan: ProxyPlan, _ vault: Vault?, clock: Clock) {
    var find: RequestTrial.Find?
    if let store = vault?.store {
      find = { (key: RecordKey) throws(StorageError) -> Record? in
        try store.get(key, .starting())
      }
    }
    let trial = RequestTrial(routes: plan.routes, trust: plan.trust, find: find)
    self.init { head in TrialOutcome(trial.judge(head, at: clock.now())) }
  }
}

extension TrialOutcome {
  fileprivate init(_ verdict: TrialVerdict) {
    self.init(
      route: verdict.route.map { "\($0.name), \($0.host ?? "")\($0.path)" },
      rule: verdict.route.flatMap(Self.rule),
      token: verdict.token.map(Token.init),
      refusal: verdict.refusal.map {
        Refusal(status: $0.status, reason: $0.reason, detail: $0.detail)
      })
  }

  private static func rule(_ route: Route) -> String? {
    guard case .token(let policy) = route.access else { return nil }
    let scopes = policy.scopes.isEmpty ? "no scope" : "the scopes \(policy.scopes)"
    return "a token for \(policy.audience) with \(scopes)"
  }
}

extension TrialOutcome.Token {
  fileprivate init(_ token: VerifiedToken) {
    self.init(
      issuer: token.issuer, subject: token.subject?.text, client: token.client?.text,
      audiences: token.audiences.map(\.text), scopes: token.scopes.description,
      expires: token.expiry)
  }
}
