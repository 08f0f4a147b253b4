import Foundation
public import Transport

/// A blocking client that sends exactly the bytes it is told to.
public final class RawClient {
  /// One response as it came.
  public struct Answer {
    /// The status.
    public var status = 0
    /// The fields, names in lower case.
    public var fields: [String: String] = [:]
    /// The content, without transfer coding.
    public var body = ""
  }

  private let descriptor: Int32
  private var buffer: [UInt8] = []

  /// Connects; reads give up after some seconds.
  public init(_ address: SocketAddress, patience: Int = 5) throws {
    guard case .ipv4(let host, let port) = address else { throw SystemError("ipv4", code: 0) }
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var wait = timeval(tv_sec: patience, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_addr.s_addr = host.bigEndian
    name.sin_port = port.bigEndian
    let result = withUnsafePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw SystemError("connect", code: errno) }
  }

  deinit { close(descriptor) }

  /// Sends text as it is.
  public func send(_ text: String) { send(Array(text.utf8)) }

  /// Sends bytes as they are, as far as the peer takes them.
  public func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard sent > 0 else { return }
      rest = rest.dropFirst(sent)
    }
  }

  /// Sends without waiting, again and again, until the peer has taken nothing for a while.
  ///
  /// How many bytes it took: what the peer and the kernel hold for it.
  public func sendUntilStuck(atMost limit: Int) -> Int {
    let piece = [UInt8](repeating: 0x61, count: 65_536)
    var total = 0
    var idle = 0
    while idle < 40, total < limit {
      let sent = Glibc.send(
        descriptor, piece, piece.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
      if sent > 0 {
        total += sent
        idle = 0
      } else {
        idle += 1
        usleep(10_000)
      }
    }
    return total
  }

  /// Says that no more comes.
  public func endOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Everything until the peer closes.
  public func readToEnd() -> String {
    while fill() {}
    defer { buffer = [] }
    return String(decoding: buffer, as: UTF8.self)
  }

  /// How many bytes come until the peer closes; of the content alone if so asked.
  public func countToEnd(afterHead: Bool) -> Int {
    var count = 0
    if afterHead {
      // What came with the head stays in the buffer.
      guard (try? readHead()) != nil else { return 0 }
    }
    repeat {
      count += buffer.count
      buffer.removeAll(keepingCapacity: true)
    } while fill()
    return count
  }

  /// Whether the peer has closed, and nothing is left to read.
  public var isClosed: Bool { buffer.isEmpty && !fill() }

  /// The next response; `toHead` says that no content follows.
  public func answer(toHead: Bool = false) throws -> Answer {
    let head = try readHead()
    var answer = Answer()
    let lines = head.components(separatedBy: "\r\n")
    answer.status = Int(lines[0].split(separator: " ")[1]) ?? 0
    for line in lines.dropFirst() where !line.isEmpty {
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      answer.fields[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
    }
    guard !toHead, answer.status >= 200 else { return answer }
    if answer.fields["transfer-encoding"] == "chunked" {
      answer.body = try readChunks()
    } else if let length = answer.fields["content-length"].flatMap({ Int($0) }) {
      answer.body = try read(length)
    }
    return answer
  }

  private func readHead() throws -> String {
    let end = Array("\r\n\r\n".utf8)
    while true {
      if let index = buffer.indices.first(where: { buffer[$0...].starts(with: end) }) {
        return try read(index + 4)
      }
      guard fill() else { throw SystemError("recv: head", code: ECONNRESET) }
    }
  }

  private func readChunks() throws -> String {
    var text = ""
    while true {
      var line = ""
      while !line.hasSuffix("\r\n") { line += try read(1) }
      let size = Int(line.dropLast(), radix: 16) ?? 0
      text += try read(size)
      _ = try read(2)
      if size == 0 { return text }
    }
  }

  private func read(_ count: Int) throws -> String {
    while buffer.count < count {
      guard fill() else { throw SystemError("recv: content", code: ECONNRESET) }
    }
    defer { buffer.removeFirst(count) }
    return String(decoding: buffer[..<count], as: UTF8.self)
  }

  private func fill() -> Bool {
    var room = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &room, room.count, 0)
    guard count > 0 else { return false }
    buffer += room[..<count]
    return true
  }
}
