internal import Cryptography
internal import Diagnostics
internal import JOSE
internal import JSON
internal import OAuth

/// The stored form of a client: JSON with a format number, so that a later release can tell.
extension Client {
  var recordValue: [UInt8] {
    var object = JSONObject([
      ("v", .integer(1)), ("id", .string(id.text)),
      ("secrets", .array(secrets.map(\.recordValue))),
      ("methods", .array(authenticationMethods.map(\.rawValue).sorted().map(JSONValue.string))),
      ("grants", .array(grantTypes.map(\.text).sorted().map(JSONValue.string))),
      ("scopes", .array(scopes.scopes.map { .string($0.text) })),
      ("tokens", tokens.recordValue),
    ])
    if let algorithm = introspectionAlgorithm {
      object["introspection_algorithm"] = .string(algorithm.rawValue)
    }
    return JSONValue.object(object).serialized()
  }

  /// A client from its stored form, or nil if it is none.
  init?(recordValue bytes: [UInt8]) {
    guard let object = try? JSONValue(parsing: bytes).object,  // nil is told apart by the caller
      object["v"]?.integer == 1, let id = object["id"]?.string.flatMap({ ClientID($0) }),
      let secrets = object["secrets"]?.array?.mapAll(ClientSecret.init(recordValue:)),
      let methods = object["methods"]?.array?.mapAll({
        $0.string.flatMap { ClientAuthenticationMethod(rawValue: $0) }
      }),
      let grants = object["grants"]?.array?.mapAll({ $0.string.flatMap { GrantType($0) } }),
      let scopes = object["scopes"]?.array?.mapAll({ $0.string.flatMap { Scope($0) } }),
      let tokens = object["tokens"]?.object.flatMap({ TokenPreferences(record: $0) })
    else { return nil }
    var introspectionAlgorithm: JWSAlgorithm?
    if let name = object["introspection_algorithm"] {
      guard let known = name.string.flatMap({ JWSAlgorithm(rawValue: $0) }) else { return nil }
      introspectionAlgorithm = known
    }
    self.init(
      id: id, secrets: secrets, authenticationMethods: Set(methods), grantTypes: Set(grants),
      scopes: ScopeSet(scopes), tokens: tokens, introspectionAlgorithm: introspectionAlgorithm)
  }
}

extension ClientSecret {
  fileprivate var recordValue: JSONValue {
    var object = JSONObject([
      ("hash", .string(Base64.url.encode(hash.bytes))), ("created", .integer(created.milliseconds)),
    ])
    if let expiry { object["expiry"] = .integer(expiry.milliseconds) }
    return .object(object)
  }

  fileprivate init?(recordValue value: JSONValue) {
    guard let object = value.object,
      let hash = object["hash"]?.string.flatMap({ Base64.url.decode($0) }).flatMap({
        Digest256($0)
      }), let created = object["created"]?.integer
    else { return nil }
    self.init(
      hash: hash, created: UnixTime(milliseconds: created),
      expiry: (object["expiry"]?.integer).map { UnixTime(milliseconds: $0) })
  }
}

extension TokenPreferences {
  fileprivate var recordValue: JSONValue {
    var object = JSONObject()
    if let format { object["format"] = .string(format.rawValue) }
    if let algorithm { object["algorithm"] = .string(algorithm.rawValue) }
    if let lifetime { object["lifetime"] = .integer(lifetime.milliseconds) }
    return .object(object)
  }

  fileprivate init?(record: JSONObject) {
    var format: TokenFormat?
    if let name = record["format"] {
      guard let known = name.string.flatMap({ TokenFormat(rawValue: $0) }) else { return nil }
      format = known
    }
    var algorithm: JWSAlgorithm?
    if let name = record["algorithm"] {
      guard let known = name.string.flatMap({ JWSAlgorithm(rawValue: $0) }),
        known.scheme != nil
      else { return nil }
      algorithm = known
    }
    self.init(
      format: format, algorithm: algorithm,
      lifetime: (record["lifetime"]?.integer).map { Lifetime(milliseconds: $0) })
  }
}

extension Array {
  /// Maps every element, or nothing if one cannot be.
  fileprivate func mapAll<Mapped>(_ transform: (Element) -> Mapped?) -> [Mapped]? {
    var mapped: [Mapped] = []
    for element in self {
      guard let value = transform(element) else { return nil }
      mapped.append(value)
    }
    return mapped
  }
}
