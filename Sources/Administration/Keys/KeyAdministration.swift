public import Diagnostics
internal import HTTP
public import HTTPServer
internal import JOSE
internal import JSON
public import Tokens

/// What may be done to the keys.
public struct KeyAdministration: Sendable {
  private let keys: KeyRing
  private let clock: Clock

  /// Administration of a key ring, by the clock that the ring goes by.
  public init(keys: KeyRing, clock: Clock) {
    self.keys = keys
    self.clock = clock
  }

  /// The admin endpoints on keys.
  public func endpoints(
    allowedUsers: Set<UInt32>, offload: @escaping AdminEndpoint.Offload
  ) -> [any Endpoint] {
    [
      AdminEndpoint(
        .get, AdminPath.keys, "The keys", result: .array(of: Self.key), allowedUsers: allowedUsers,
        offload: offload
      ) { _ throws(AdminFault) in list() },
      AdminEndpoint(
        .get, AdminPath.keyPlan, "What happens to the keys, and when",
        result: .array(of: Self.planned), allowedUsers: allowedUsers, offload: offload
      ) { _ throws(AdminFault) in plan() },
      AdminEndpoint(
        .post, AdminPath.keyRotate, "Publish new keys", parameters: [Self.algorithm],
        result: .array(of: Self.key), audit: .keysRotated, allowedUsers: allowedUsers,
        offload: offload
      ) { parameters throws(AdminFault) in try rotate(parameters.optional("algorithm")) },
    ]
  }

  private static let states = ["published", "active", "retired", "removed"]

  private static let key = JSONSchema.object(
    "A key that signs or encrypts tokens",
    [
      .required("kid", .string()), .required("use", .choice(["sig", "enc"])),
      .required("algorithm", .string()), .required("state", .choice(states)),
      .required("active_from", .string(format: "date-time")),
    ]
  ).named("RingKey")

  private static let planned = JSONSchema.object(
    "What happens to a key",
    [
      .required("time", .string(format: "date-time")), .required("algorithm", .string()),
      .required("kid", .string("`(new)` for a key that is yet to be made")),
      .required("becomes", .choice(states)),
    ]
  ).named("KeyPlanEntry")

  private static let algorithm = ParameterDescription(
    "algorithm", in: .json, description: "Rotate only the keys of this one", example: "ES256")

  private func list() -> JSONValue {
    let snapshot = keys.snapshot
    let now = clock.now()
    return .array(
      snapshot.keys.map { summary($0, snapshot.state(of: $0, at: now)) }
        + snapshot.encryptionKeys.map { summary($0, snapshot.state(of: $0, at: now)) })
  }

  private func summary(_ key: SigningKey, _ state: KeyState) -> JSONValue {
    summary(key.id, "sig", key.algorithm.rawValue, state, key.activates)
  }

  private func summary(_ key: EncryptionKey, _ state: KeyState) -> JSONValue {
    summary(key.id, "enc", key.algorithm.rawValue, state, key.activates)
  }

  private func summary(
    _ id: String, _ use: String, _ algorithm: String, _ state: KeyState, _ activates: UnixTime
  ) -> JSONValue {
    .object(
      JSONObject([
        ("kid", .string(id)), ("use", .string(use)), ("algorithm", .string(algorithm)),
        ("state", .string("\(state)")), ("active_from", .string(activates.text)),
      ]))
  }

  private func plan() -> JSONValue {
    .array(
      keys.plan().map { entry in
        .object(
          JSONObject([
            ("time", .string(entry.time.text)), ("algorithm", .string(entry.algorithm)),
            ("kid", entry.keyID.map(JSONValue.string) ?? .string("(new)")),
            ("becomes", .string("\(entry.state)")),
          ]))
      })
  }

  private func rotate(_ name: String?) throws(AdminFault) -> JSONValue {
    let snapshot = keys.snapshot
    var signing = Set(snapshot.keys.map(\.algorithm))
    var encryption = Set(snapshot.encryptionKeys.map(\.algorithm))
    if let name {
      signing = signing.filter { $0.rawValue == name }
      encryption = encryption.filter { $0.rawValue == name }
      guard !signing.isEmpty || !encryption.isEmpty else {
        throw .missing("There is no key for \"\(name)\".")
      }
    }
    var made: [JSONValue] = []
    do throws(KeyRingError) {
      for algorithm in signing.sorted(by: { $0.rawValue < $1.rawValue }) {
        made.append(summary(try keys.rotate(algorithm), .published))
      }
      for algorithm in encryption {
        made.append(summary(try keys.rotateEncryption(algorithm), .published))
      }
    } catch {
      throw .unavailable("\(error)")
    }
    return .array(made)
  }
}
