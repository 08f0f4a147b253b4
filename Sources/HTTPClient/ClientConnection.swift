internal import Diagnostics
internal import HTTP
internal import Transport

/// A connection to an upstream, which carries one request after the other.
///
/// Whoever has begun a request on it uses it until its delegate hears the end, and not after.
public final class ClientConnection {
  enum Phase {
    /// In the pool, or in use and not yet begun.
    case idle
    /// The head of the answer is awaited.
    case head
    /// The content of the answer is read.
    case content
    case closed
  }

  /// Kept alive by its connections: a reload may drop it from the client.
  let pool: ConnectionPool
  @exclusivity(unchecked) var connection: Connection?
  @exclusivity(unchecked) var delegate: (any ClientDelegate)?
  @exclusivity(unchecked) var phase = Phase.idle
  @exclusivity(unchecked) var reader = ResponseReader()
  @exclusivity(unchecked) var answersHead = false
  /// The answer lets the connection live on.
  @exclusivity(unchecked) var isPersistent = false
  /// The request is written to its end.
  @exclusivity(unchecked) var hasEndedRequest = false
  /// It has carried a request before: when it dies now, it may have been dead already.
  @exclusivity(unchecked) var isReused = false
  /// A byte of the present answer has come.
  @exclusivity(unchecked) var hasAnswer = false
  @exclusivity(unchecked) var isPaused = false
  /// The head, while the connection may still be made to another address.
  @exclusivity(unchecked) var unsentHead: [UInt8] = []
  @exclusivity(unchecked) var hasContent = false
  @exclusivity(unchecked) private var isProcessing = false
  /// When the present request began, in the loop's microseconds, and its answer's status.
  @exclusivity(unchecked) var begin: UInt64 = 0
  @exclusivity(unchecked) var status = 0
  /// The place in the list of addresses that was tried last.
  private var attempt = 0

  init(pool: ConnectionPool) { self.pool = pool }

  /// The upstream that it leads to.
  public var upstream: Upstream { pool.upstream }

  func connect() throws(ClientFault) {
    let upstream = pool.upstream
    while true {
      let address = upstream.addresses[attempt]
      do throws(SystemError) {
        connection = try Connection.connect(
          to: address, on: pool.client.loop,
          tls: upstream.tls.map { (context: $0, host: upstream.host) },
          timeout: upstream.limits.connectTimeout.milliseconds, handler: self)
        return
      } catch {
        attempt += 1
        guard attempt < upstream.addresses.count else {
          throw .unreachable(error.description)
        }
      }
    }
  }

  func begin(head: [UInt8], answersHead: Bool, delegate: any ClientDelegate) {
    self.delegate = delegate
    self.answersHead = answersHead
    phase = .head
    begin = pool.client.loop.nowMicroseconds
    hasAnswer = false
    hasEndedRequest = false
    isPaused = false
    hasContent = false
    guard let connection else { return }
    if !connection.isEstablished { unsentHead = head }
    head.withUnsafeBytes { connection.append($0) }
  }

  /// Begins again at the next address; false when all were tried or content is on its way.
  func tryNextAddress() -> Bool {
    attempt += 1
    guard attempt < pool.upstream.addresses.count, !hasContent else { return false }
    // The fault that is reported is the one before: the last that the network said.
    do throws(ClientFault) { try connect() } catch { return false }
    unsentHead.withUnsafeBytes { connection?.append($0) }
    return true
  }

  /// Goes through what is in the buffer as far as it can.
  func processInput() {
    guard !isProcessing, connection != nil else { return }
    isProcessing = true
    var goesOn = true
    while goesOn, let connection, !connection.isClosed {
      switch phase {
      case .head: goesOn = readHead(connection)
      case .content: goesOn = passContent(connection)
      case .idle, .closed: goesOn = false
      }
    }
    isProcessing = false
    guard let connection, !connection.isClosed else { return }
    delegate?.clientHandedOut(self)
    if connection.hasEnded, connection.readable.isEmpty || phase == .head {
      inputEnded(connection)
    }
    connection.releaseInput()
  }
}
