import HTTP
import ReverseProxy
import XCTest

/// A peer is believed only when it lies in a block that was named.
final class TrustedHopsTests: XCTestCase {
  func testNobodyIsTrustedByDefault() {
    for host in [PeerAddress.Host.ipv4(0x7f00_0001), .ipv6(high: 0, low: 1), .unix(user: 0)] {
      XCTAssertFalse(TrustedHops([]).contains(host))
    }
  }

  func testBlockEndsAtItsLastBit() {
    let hops = TrustedHops([
      .init(ipv4: 0x0a00_0000, prefix: 8), .init(ipv4: 0xc000_0201, prefix: 32),
      .init(ipv6: 0x2001_0db8_0000_0000, 0, prefix: 32),
      .init(ipv6: 0xfd00_0000_0000_0001, 0, prefix: 65),
    ])
    XCTAssertTrue(hops.contains(.ipv4(0x0aff_ffff)))
    XCTAssertFalse(hops.contains(.ipv4(0x0b00_0000)))
    XCTAssertTrue(hops.contains(.ipv4(0xc000_0201)))
    XCTAssertFalse(hops.contains(.ipv4(0xc000_0200)))
    XCTAssertTrue(hops.contains(.ipv6(high: 0x2001_0db8_ffff_ffff, low: 7)))
    XCTAssertFalse(hops.contains(.ipv6(high: 0x2001_0db9_0000_0000, low: 0)))
    XCTAssertTrue(hops.contains(.ipv6(high: 0xfd00_0000_0000_0001, low: 7)))
    XCTAssertFalse(hops.contains(.ipv6(high: 0xfd00_0000_0000_0001, low: 1 << 63)))
    XCTAssertFalse(hops.contains(.unix(user: 0)))
    XCTAssertFalse(TrustedHops([.init(ipv4: 0, prefix: 0)]).contains(.ipv6(high: 0, low: 1)))
    XCTAssertTrue(TrustedHops([.init(ipv6: 0, 0, prefix: 0)]).contains(.ipv4(1)))
  }
}
