import Diagnostics
import Foundation
import Synchronization
import Transport
import XCTest

final class EventLoopTests: XCTestCase {
  func testPostedWorkRunsInOrderFromManyThreads() throws {
    let loop = try LoopThread(name: "loop", loop: try EventLoop())
    let seen = Mutex<[Int: Int]>([:])
    let done = expectation(description: "all ran")
    done.expectedFulfillmentCount = 4
    for thread in 0..<4 {
      Foundation.Thread.detachNewThread {
        for number in 0..<1000 {
          loop.loop.post {
            XCTAssertTrue(loop.loop.isCurrent)
            seen.withLock { XCTAssertEqual($0[thread] ?? -1, number - 1) }
            seen.withLock { $0[thread] = number }
          }
        }
        loop.loop.post { done.fulfill() }
      }
    }
    wait(for: [done], timeout: 10)
    XCTAssertFalse(loop.loop.isCurrent)
    loop.stop()
  }

  func testTimersFireInOrderAndNotBeforeTheirTime() throws {
    let loop = try EventLoop()
    let fired = Mutex<[Int64]>([])
    let begin = Date()
    let times: [Int64] = [400, 0, 150, 60, 150]
    for time in times {
      loop.schedule(after: time) {
        XCTAssertGreaterThanOrEqual(Date().timeIntervalSince(begin), Double(time) / 1000 - 0.002)
        fired.withLock { $0.append(time) }
        if time == 400 { loop.stop() }
      }
    }
    loop.run()
    XCTAssertEqual(fired.withLock { $0 }, times.sorted())
    XCTAssertLessThan(Date().timeIntervalSince(begin), 2)
  }

  func testACancelledTimerDoesNothing() throws {
    let loop = try EventLoop()
    let timer = loop.schedule(after: 20) { XCTFail("fired") }
    timer.cancel()
    loop.schedule(after: 100) { loop.stop() }
    loop.run()
  }

  func testHooksRunOnceATurnAndLaterRunsBeforeTheNextWait() throws {
    let loop = try EventLoop()
    let log = Mutex<[String]>([])
    loop.atEndOfTurn { log.withLock { $0.append("hook") } }
    loop.post {
      loop.later { log.withLock { $0.append("later") } }
      log.withLock { $0.append("posted") }
      loop.stop()
    }
    loop.run()
    XCTAssertEqual(Array(log.withLock { $0 }.prefix(3)), ["posted", "later", "hook"])
  }
}

final class BlockingPoolTests: XCTestCase {
  func testAFullPoolRefusesAndAcceptedWorkRuns() throws {
    let pool = try BlockingPool(name: "pool", threads: 1, capacity: 2)
    let gate = DispatchSemaphore(value: 0)
    let started = DispatchSemaphore(value: 0)
    let ran = Mutex(0)
    let work: @Sendable () -> Void = { ran.withLock { $0 += 1 } }
    XCTAssertTrue(
      pool.submit {
        started.signal()
        gate.wait()
        work()
      })
    started.wait()
    XCTAssertTrue(pool.submit(work))
    XCTAssertTrue(pool.submit(work))
    XCTAssertFalse(pool.submit(work))
    XCTAssertEqual(pool.waiting, 2)
    gate.signal()
    pool.shutDown()
    XCTAssertEqual(ran.withLock { $0 }, 3)
    XCTAssertFalse(pool.submit(work))
  }
}

final class SocketAddressTests: XCTestCase {
  func testAddressesReadBackAsTheyAreWritten() throws {
    for text in ["127.0.0.1:8080", "0.0.0.0:0", "[::1]:65535", "[2001:db8::1]:1", "unix:/tmp/s"] {
      XCTAssertEqual(SocketAddress(text)?.description, text)
    }
  }

  func testWhatIsNoAddressIsRefused() {
    let long = String(repeating: "a", count: 120)
    for text in [
      "", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:+1",
      "127.0.0:80", "localhost:80", "[::1:80", "1::2:80x", "unix:", "unix:/\(long)",
    ] {
      XCTAssertNil(SocketAddress(text), text)
    }
  }

  func testLoopbackIsToldFromTheRest() {
    for (text, expected) in [
      ("127.1.2.3:1", true), ("[::1]:1", true), ("unix:/x", true), ("[::ffff:127.0.0.1]:1", true),
      ("128.0.0.1:1", false), ("0.0.0.0:1", false), ("[::]:1", false), ("[::2]:1", false),
    ] {
      XCTAssertEqual(SocketAddress(text)?.isLoopback, expected, text)
    }
  }

  func testAListenerSaysItsRealPortAndAUnixSocketIsItsOwnersAlone() throws {
    let socket = try ListeningSocket(.ipv4(0x7f00_0001, port: 0))
    XCTAssertNotEqual(socket.address.port, 0)
    XCTAssertThrowsError(try ListeningSocket(socket.address))
    let path = "/tmp/sallyport-test-\(getpid()).sock"
    let unix = SocketAddress.unix(path)
    let first = try ListeningSocket(unix)
    defer { unlink(path) }
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    XCTAssertEqual(mode, 0o600)
    XCTAssertThrowsError(try ListeningSocket(unix), "a live socket was replaced")
    withExtendedLifetime(first) {}
  }

  func testAStaleUnixSocketIsReplacedAndAPlainFileIsNot() throws {
    let path = "/tmp/sallyport-stale-\(getpid()).sock"
    defer { unlink(path) }
    do { _ = try ListeningSocket(.unix(path)) }
    XCTAssertNoThrow(try ListeningSocket(.unix(path)))
    unlink(path)
    XCTAssertTrue(FileManager.default.createFile(atPath: path, contents: nil))
    XCTAssertThrowsError(try ListeningSocket(.unix(path)))
  }

  func testASocketCanBeAdopted() throws {
    let socket = try ListeningSocket(.ipv4(0x7f00_0001, port: 0))
    let adopted = try ListeningSocket(adopting: dup(socket.descriptor))
    XCTAssertEqual(adopted.address, socket.address)
  }
}
