public import Diagnostics
internal import HTTP
internal import HTTPServer
internal import OAuth
public import Ports
public import Tokens

/// Judges a request as the proxy would, and sends it nowhere.
///
/// It goes through the same parser, routes, verifier and policy, so that what it says is what would
/// happen; only the cache of verified tokens is its own. Waits for storage: never used on a loop.
public struct RequestTrial: Sendable {
  /// Gets the record of an opaque token; may wait.
  public typealias Find = @Sendable (RecordKey) throws(StorageError) -> Record?

  private let routes: RouteTable
  private let trust: TokenTrust
  private let find: Find?

  /// A trial by routes and whom they trust; `find` is nil where no opaque tokens are issued.
  public init(routes: RouteTable, trust: TokenTrust, find: Find?) {
    self.routes = routes
    self.trust = trust
    self.find = find
  }

  /// Judges the head of a request, all of it.
  public func judge(_ head: [UInt8], at now: UnixTime) -> TrialVerdict {
    var parser = RequestHeadParser()
    do throws(MessageFault) {
      guard try parser.parse(head.span) else { throw .headTooLong }
    } catch {
      return TrialVerdict(refusal: Refusal(error))
    }
    var verdict = TrialVerdict()
    let parsed = parser.head
    do throws(Denial) {
      let route = try routes.route(of: parsed, in: head.span)
      verdict.route = route
      if AuthorizedRequest(anonymous: route) != nil { return verdict }
      let token = try authenticate(parsed, in: head.span, on: route, at: now)
      verdict.token = token
      _ = try AuthorizedRequest(token, on: route)
    } catch {
      verdict.refusal = Refusal(error)
    }
    return verdict
  }

  private func authenticate(
    _ head: borrowing RequestHead, in bytes: Span<UInt8>, on route: Route, at now: UnixTime
  ) throws(Denial) -> VerifiedToken {
    let verifier = TokenVerifier(trust)
    switch try Authentication(head, in: bytes, by: verifier, on: route, at: now) {
    case .token(let token): return token
    case .needsKeys:
      throw .invalidToken(
        on: route, reason: .tokenKeyUnknown, detail: "this process knows no such key of ours")
    case .pending(let lookup):
      guard let find else {
        throw .unavailable(reason: .storageNone, detail: "no storage holds opaque tokens")
      }
      let record: Record?
      do throws(StorageError) {
        record = try find(lookup.key)
      } catch {
        throw .unavailable(reason: error.code, detail: error.description)
      }
      let verdict = verifier.admit(lookup, record, at: now)
      guard case .token(let token) = try Authentication(verdict, on: route) else {
        throw .unavailable(reason: .storageUndecided, detail: "a record was no answer")
      }
      return token
    }
  }

  /// Why a request would be refused.
  public struct Refusal: Sendable {
    /// The answer's status.
    public let status: Int
    /// The stable reason code.
    public let reason: ReasonCode
    /// What was found.
    public let detail: String

    init(_ fault: MessageFault) {
      status = fault.status.code
      reason = fault.code
      detail = "the request cannot be read"
    }

    init(_ denial: Denial) {
      status = denial.status.code
      reason = denial.reason
      detail = denial.detail
    }
  }
}

/// What would become of a request, as far as it got.
public struct TrialVerdict: Sendable {
  /// The route that takes it.
  public internal(set) var route: Route?
  /// The token, if it is good.
  public internal(set) var token: VerifiedToken?
  /// Why it would be refused; nil if it would be sent on.
  public internal(set) var refusal: RequestTrial.Refusal?
}
