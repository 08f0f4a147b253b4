internal import JSON

/// JSON as the text that crosses.
enum JSONText {
  static func of(_ object: JSONObject) -> [UInt8] { JSONValue.object(object).serialized() }
}
