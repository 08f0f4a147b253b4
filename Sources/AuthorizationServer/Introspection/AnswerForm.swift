internal import HTTP
internal import Tokens

/// The form in which a caller wants the answer.
enum AnswerForm {
  /// JSON (RFC 7662).
  case json
  /// A signed JWT (RFC 9701).
  case signed

  /// The media type of signed answers.
  static let signedType = "application/" + IntrospectionSigner.type

  /// What `Accept` asks for (RFC 9110 12.5.1): signed only if it says so, and not JSON rather.
  init(_ request: Request) {
    var signed = 0.0
    var json = 0.0
    for value in request.fields.all(.accept) {
      for text in value.split(separator: ",") {
        guard let range = MediaType(String(text.drop { $0 == " " || $0 == "\t" })) else { continue }
        let quality = range["q"].flatMap(Double.init) ?? 1
        if range.essence == Self.signedType { signed = quality }
        if range.essence == "application/json" { json = quality }
      }
    }
    self = signed > 0 && signed >= json ? .signed : .json
  }
}
