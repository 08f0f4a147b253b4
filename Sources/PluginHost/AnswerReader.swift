internal import CSallyport
internal import JSON
internal import OAuth
internal import Ports

/// Copies answers out of a plugin's memory into values of the ports, refusing what breaks a rule.
///
/// It counts the bytes of one answer's texts, which the ABI limits.
struct AnswerReader {
  /// The most bytes of all texts of one answer.
  static let mostBytes = 65_536

  typealias Answer = Result<PluginCall.Answer, AnswerFault>

  private var bytes = 0

  /// Runs a reader and turns what it throws into the answer.
  static func reading(
    _ body: (inout AnswerReader) throws(AnswerFault) -> PluginCall.Answer
  ) -> Answer {
    var reader = AnswerReader()
    do throws(AnswerFault) { return .success(try body(&reader)) } catch { return .failure(error) }
  }

  static func text(_ json: sp_text, for call: PluginCall) -> Answer {
    reading { reader throws(AnswerFault) in
      guard case .text = call.kind else { throw .malformed("this call wants no text") }
      guard let object = try reader.object(json, "json") else { throw .malformed("json is empty") }
      return .text(JSONValue.object(object).serialized())
    }
  }

  /// A text of the answer.
  mutating func text(_ text: sp_text, _ member: String) throws(AnswerFault) -> String {
    guard text.length <= Self.mostBytes - bytes else { throw .tooLarge(member) }
    bytes += text.length
    guard let string = text.validated else { throw .notUTF8(member) }
    return string
  }

  /// A list of texts of the answer.
  mutating func texts(_ texts: sp_texts, _ member: String) throws(AnswerFault) -> [String] {
    guard texts.count <= 1024 else { throw .tooLarge(member) }
    guard texts.count > 0 else { return [] }
    guard let items = texts.items else { throw .malformed("\(member) has no items") }
    var strings: [String] = []
    for index in 0..<texts.count { strings.append(try text(items[index], member)) }
    return strings
  }

  /// A JSON object of the answer; nil if the text is empty.
  mutating func object(_ json: sp_text, _ member: String) throws(AnswerFault) -> JSONObject? {
    let string = try text(json, member)
    guard !string.isEmpty else { return nil }
    do throws(JSONError) {
      guard case .object(let object) = try JSONValue(parsing: Array(string.utf8)) else {
        throw JSONError(.notAnObject, at: 0)
      }
      return object
    } catch {
      throw .malformed("\(member) is not a JSON object: \(error)")
    }
  }
}
