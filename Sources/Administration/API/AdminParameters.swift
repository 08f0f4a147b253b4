internal import Diagnostics
internal import JSON
internal import OAuth

/// Reading parameters out of an admin request's body; each complaint names the parameter.
extension JSONObject {
  func required(_ name: String) throws(AdminFault) -> String {
    guard let text = try optional(name) else {
      throw .malformed("The parameter \"\(name)\" is missing.")
    }
    return text
  }

  func optional(_ name: String) throws(AdminFault) -> String? {
    guard let value = self[name] else { return nil }
    guard let text = value.string else {
      throw .malformed("The parameter \"\(name)\" must be text.")
    }
    return text
  }

  func list(_ name: String) throws(AdminFault) -> [String] {
    guard let value = self[name] else { return [] }
    guard let array = value.array else {
      throw .malformed("The parameter \"\(name)\" must be a list.")
    }
    let texts = array.compactMap(\.string)
    guard texts.count == array.count else {
      throw .malformed("Every element of \"\(name)\" must be text.")
    }
    return texts
  }

  func flag(_ name: String) throws(AdminFault) -> Bool {
    guard let value = self[name] else { return false }
    guard let flag = value.bool else {
      throw .malformed("The parameter \"\(name)\" must be true or false.")
    }
    return flag
  }

  func seconds(_ name: String) throws(AdminFault) -> Lifetime? {
    guard let value = self[name] else { return nil }
    guard let seconds = value.integer, seconds >= 0 else {
      throw .malformed("The parameter \"\(name)\" must be a count of seconds.")
    }
    return .seconds(seconds)
  }

  func clientID(_ name: String = "id") throws(AdminFault) -> ClientID {
    let text = try required(name)
    guard let id = ClientID(text) else {
      throw .malformed("\"\(name)\" must be 1 to 256 printable ASCII characters.")
    }
    return id
  }
}
