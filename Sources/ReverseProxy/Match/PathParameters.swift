/// The parameters of path segments: what stands behind a semicolon (RFC 3986 3.3).
///
/// Some servers cut them off before they look at the path, others take them for a part of the name.
/// So a request for `/admin;x` must find the same route with them and without.
enum PathParameters {
  /// The path without them and without the segments that this leaves empty; nil if there are none.
  static func stripped(from path: Span<UInt8>) -> [UInt8]? {
    guard path.indices.contains(where: { path[$0] == UInt8(ascii: ";") }) else { return nil }
    var rest: [UInt8] = []
    var isInside = false
    for index in path.indices {
      switch path[index] {
      case UInt8(ascii: "/"):
        isInside = false
        if rest.last != UInt8(ascii: "/") { rest.append(UInt8(ascii: "/")) }
      case UInt8(ascii: ";"):
        isInside = true
      default:
        if !isInside { rest.append(path[index]) }
      }
    }
    return rest
  }
}
