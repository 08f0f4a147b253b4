internal import HTTP

/// The cookies that are ours: no upstream sees them, none sets them.
enum OwnCookie {
  /// What our cookies' names begin with: `sallyport` alone, or after a prefix of RFC 6265bis.
  private static let names = [
    "sallyport", "__host-sallyport", "__secure-sallyport", "__http-sallyport",
    "__host-http-sallyport",
  ]

  /// Whether a name is ours, in any case, since browsers take the prefixes in any.
  ///
  /// So is no name at all: a browser sends `=a=b` back as `a=b`.
  static func isNamed(by slot: Slot, in bytes: Span<UInt8>) -> Bool {
    slot.isEmpty || names.contains { slot.hasPrefix($0, in: bytes) }
  }
}
