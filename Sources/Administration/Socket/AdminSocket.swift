internal import Glibc
internal import HTTP
public import JSON

/// The command line's side of the admin API: one blocking request over the unix socket.
public struct AdminSocket: Sendable {
  /// Why there is no result.
  public enum Failure: Error, Sendable {
    /// Nobody listens there; the text says what to do.
    case unreachable(String)
    /// The instance refused; its own words.
    case refused(String)
    /// What came back is not an answer of ours.
    case garbled(String)

    /// A sentence for the person at the terminal.
    public var message: String {
      switch self {
      case .unreachable(let text), .refused(let text), .garbled(let text): text
      }
    }
  }

  private let path: String
  /// How long to wait for an answer, in seconds.
  public static let timeout = 30
  /// The most that an answer may hold, in bytes.
  public static let answerLimit = 64 * 1024 * 1024

  /// The socket at a path.
  public init(path: String) { self.path = path }

  /// Asks with GET, or with POST if there are parameters.
  public func ask(_ target: String, _ parameters: JSONObject? = nil) throws(Failure) -> JSONValue {
    let descriptor = try connect()
    defer { close(descriptor) }
    let body = parameters.map { JSONValue.object($0).serialized() } ?? []
    let head =
      "\(parameters == nil ? "GET" : "POST") \(target) HTTP/1.1\r\nHost: admin\r\n"
      + "Connection: close\r\nContent-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n"
    try send(Array(head.utf8) + body, descriptor)
    return try answer(in: receive(descriptor))
  }

  private func connect() throws(Failure) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let capacity = MemoryLayout.size(ofValue: address.sun_path)
    guard path.utf8.count < capacity else {
      throw .unreachable("the admin socket's path is longer than \(capacity - 1) bytes: \(path)")
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else {
      throw .unreachable("no socket: \(String(cString: strerror(errno)))")
    }
    var limit = timeval(tv_sec: Self.timeout, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else {
      let why = String(cString: strerror(errno))
      close(descriptor)
      throw .unreachable(
        "no instance answers on \(path) (\(why)); start one with 'sallyport serve', "
          + "or name its config with --config")
    }
    return descriptor
  }

  private func send(_ bytes: [UInt8], _ descriptor: Int32) throws(Failure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if sent < 0 && errno == EINTR { continue }
      guard sent > 0 else { throw .garbled("the connection to \(path) broke while asking") }
      rest = rest.dropFirst(sent)
    }
  }

  private func receive(_ descriptor: Int32) throws(Failure) -> [UInt8] {
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .garbled("no answer on \(path) within \(Self.timeout) s") }
      if count == 0 { return answer }
      answer += buffer.prefix(count)
      guard answer.count <= Self.answerLimit else { throw .garbled("the answer is too large") }
    }
  }

  private func answer(in bytes: [UInt8]) throws(Failure) -> JSONValue {
    var parser = ResponseHeadParser()
    let isComplete: Bool
    do throws(MessageFault) {
      isComplete = try parser.parse(bytes.span, answersHead: false)
    } catch {
      throw .garbled("the answer on \(path) is not HTTP: \(error)")
    }
    guard isComplete, case .length(let length) = parser.head.framing,
      let count = Int(exactly: length), bytes.count - parser.head.length == count
    else { throw .garbled("the answer on \(path) was cut") }
    let body = Array(bytes.dropFirst(parser.head.length))
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: body)
    } catch {
      throw .garbled("the answer on \(path) is not JSON: \(error)")
    }
    guard parser.head.status.code == 200 else {
      throw .refused(value.object?["detail"]?.string ?? "refused with \(parser.head.status.code)")
    }
    return value
  }
}
