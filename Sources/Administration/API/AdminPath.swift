/// The paths of the admin API: one declaration for the server and for the command line.
public enum AdminPath {
  /// List (GET) and create (POST) clients.
  public static let clients = "/admin/v1/clients"
  /// Show one client.
  public static let clientShow = "/admin/v1/clients/show"
  /// Rotate a client's secret.
  public static let clientRotate = "/admin/v1/clients/rotate-secret"
  /// Delete a client.
  public static let clientDelete = "/admin/v1/clients/delete"
  /// Why a request was answered as it was.
  public static let explain = "/admin/v1/explain"
  /// The last refusals.
  public static let refusals = "/admin/v1/refusals"
  /// Tell what a token is.
  public static let tokenInspect = "/admin/v1/tokens/inspect"
  /// Revoke tokens.
  public static let tokenRevoke = "/admin/v1/tokens/revoke"
  /// List stored tokens.
  public static let tokenList = "/admin/v1/tokens/list"
  /// What would become of a request.
  public static let trial = "/admin/v1/try"
  /// List keys.
  public static let keys = "/admin/v1/keys"
  /// What happens to the keys, and when.
  public static let keyPlan = "/admin/v1/keys/plan"
  /// Rotate keys now.
  public static let keyRotate = "/admin/v1/keys/rotate"
}
