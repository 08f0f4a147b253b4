package import Diagnostics
internal import OAuth

/// The revocations in force, by axis and value.
package struct RevocationTable: Sendable {
  private struct Place: Hashable {
    let axis: RevocationAxis
    let value: String
  }

  private var tokens: [String: Revocation] = [:]
  private var grants: [String: Revocation] = [:]
  private var sessions: [String: Revocation] = [:]
  private var clients: [String: Revocation] = [:]
  private var subjects: [String: Revocation] = [:]
  /// What may end in each minute; a place whose entry was prolonged stands in a later one too.
  private var ends: [Int64: [Place]] = [:]
  private var sweptMinute: Int64 = .min
  /// The latest bound of any entry of a client, and of a subject: no `iat` was lifted beyond.
  private var clientBound = UnixTime(milliseconds: .min)
  private var subjectBound = UnixTime(milliseconds: .min)

  /// An empty table.
  package init() {}

  /// How many entries there are, ended ones included.
  package var count: Int {
    tokens.count + grants.count + sessions.count + clients.count + subjects.count
  }

  /// The entry for a value of an axis.
  package subscript(axis: RevocationAxis, value: String) -> Revocation? {
    switch axis {
    case .token: tokens[value]
    case .grant: grants[value]
    case .session: sessions[value]
    case .client: clients[value]
    case .subject: subjects[value]
    }
  }

  /// The entry as it must be stored, so that it hits what was issued until now and nothing later.
  ///
  /// `iat` is in whole seconds, so the second that runs is revoked with those before it, and the
  /// issuer dates what it issues in it to the next: to the bound of the entry that would hit it. A
  /// second revocation in the same second must hit what was dated so, by an entry of the same value
  /// or, since a token has a client and a subject, by any of the other axis.
  package func settled(_ entry: Revocation, at now: UnixTime) -> Revocation {
    let present = self[entry.axis, entry.value]
    guard entry.goesOn else { return present?.merged(with: entry) ?? entry }
    let lifted = max(
      present?.issuedBefore ?? now, entry.axis == .client ? subjectBound : clientBound)
    let bounded = entry.bounded(by: UnixTime(seconds: max(now, lifted).seconds) + .seconds(1))
    return present?.merged(with: bounded) ?? bounded
  }

  /// Takes an entry in; the tokens that one of the same axis and value hits stay revoked.
  package mutating func insert(_ entry: Revocation) {
    let merged = self[entry.axis, entry.value]?.merged(with: entry) ?? entry
    set(merged, entry.axis, entry.value)
    if entry.axis == .client { clientBound = max(clientBound, merged.issuedBefore) }
    if entry.axis == .subject { subjectBound = max(subjectBound, merged.issuedBefore) }
    ends[Self.minute(merged.until), default: []].append(
      Place(axis: entry.axis, value: entry.value))
  }

  /// The entry by which a token is revoked, the narrowest first.
  package func entry(revoking token: VerifiedToken) -> Revocation? {
    let issuedAt = token.issuedAt ?? UnixTime(milliseconds: .min)
    func hit(_ entries: [String: Revocation], _ value: String?) -> Revocation? {
      // Most axes are empty most of the time, and hashing costs more than looking.
      guard !entries.isEmpty, let value, let entry = entries[value],
        issuedAt < entry.issuedBefore
      else { return nil }
      return entry
    }
    return hit(tokens, token.id) ?? hit(grants, token.grantID) ?? hit(sessions, token.sessionID)
      ?? hit(clients, token.client?.text) ?? hit(subjects, token.subject?.text)
  }

  /// Removes entries that have ended, at most so many at a time; true if none is left to remove.
  package mutating func removeEnded(at now: UnixTime, limit: Int) -> Bool {
    let minute = Self.minute(now)
    guard minute > sweptMinute else { return true }
    var left = limit
    for ended in ends.keys.filter({ $0 < minute }) {
      guard let places = ends.removeValue(forKey: ended) else { continue }
      for place in places.prefix(left) {
        let isOver = self[place.axis, place.value].map { $0.until <= now } ?? false
        if isOver { set(nil, place.axis, place.value) }
      }
      guard places.count <= left else {
        ends[ended] = Array(places.dropFirst(left))
        return false
      }
      left -= places.count
    }
    sweptMinute = minute
    return true
  }

  private mutating func set(_ entry: Revocation?, _ axis: RevocationAxis, _ value: String) {
    switch axis {
    case .token: tokens[value] = entry
    case .grant: grants[value] = entry
    case .session: sessions[value] = entry
    case .client: clients[value] = entry
    case .subject: subjects[value] = entry
    }
  }

  private static func minute(_ time: UnixTime) -> Int64 { time.seconds / 60 }
}
