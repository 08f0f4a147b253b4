internal import JSON

/// The door of the commands.
public struct AdminOptions: Sendable {
  /// The path of the unix socket; absolute.
  public let socket: String
}

/// The door as it stands, before the state folder is known.
struct AdminDraft: Sendable {
  let socket: String?
}

extension AdminOptions {
  /// The longest path that the kernel takes for a unix socket.
  static let longestSocketPath = 107

  static let codec: Codec<AdminDraft> = .section(
    Section(
      "The door of the commands: a unix socket that only our own user and root may use.",
      .optional(
        "socket", .path("state/admin.sock"),
        "Its path, at most \(longestSocketPath) bytes when absolute; else `admin.sock` in the "
          + "state folder."),
      build: AdminDraft.init))
}
