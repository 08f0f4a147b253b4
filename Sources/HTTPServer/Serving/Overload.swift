internal import Diagnostics
internal import Glibc

/// What a connection over the limit gets: an answer, without any state kept for it.
enum Overload {
  private static let answer: [UInt8] = {
    let body =
      "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
      + "\"detail\":\"\(ReasonCode.serverConnections)\"}\n"
    let head = """
      HTTP/1.1 503 Service Unavailable\r
      content-type: application/problem+json\r
      content-length: \(body.utf8.count)\r
      retry-after: 5\r
      connection: close\r
      \r

      """
    return Array((head + body).utf8)
  }()

  static func refuse(_ descriptor: Int32) {
    answer.withUnsafeBytes {
      _ = send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    }
    // The request that may lie there unread would turn the close into a reset that eats the answer.
    shutdown(descriptor, Int32(SHUT_WR))
    var scrap = [UInt8](repeating: 0, count: 4096)
    _ = recv(descriptor, &scrap, scrap.count, Int32(MSG_DONTWAIT))
    close(descriptor)
  }
}
