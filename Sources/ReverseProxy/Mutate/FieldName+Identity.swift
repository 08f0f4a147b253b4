public import HTTP

extension FieldName {
  /// Whom the token speaks for.
  public static let sallyportSubject = FieldName(known: "x-sallyport-subject")
  /// The client that the token was issued to.
  public static let sallyportClient = FieldName(known: "x-sallyport-client")
  /// Who issued the token.
  public static let sallyportIssuer = FieldName(known: "x-sallyport-issuer")
  /// The scopes that the token carries, a JSON array.
  public static let sallyportScopes = FieldName(known: "x-sallyport-scopes")
}
