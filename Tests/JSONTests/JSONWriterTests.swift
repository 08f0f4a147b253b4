import JSON
import XCTest

/// What is written is what is read.
final class JSONWriterTests: XCTestCase {
  func testCommasAndNesting() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.name("a")
    writer.beginArray()
    writer.value(Int64(1))
    writer.value("x")
    writer.beginObject()
    writer.endObject()
    writer.null()
    writer.endArray()
    writer.name("b")
    writer.value(true)
    writer.name("c")
    writer.raw(Array("[1]".utf8))
    writer.name("d")
    writer.value(2.5)
    writer.endObject()
    XCTAssertEqual(text(writer.bytes), #"{"a":[1,"x",{},null],"b":true,"c":[1],"d":2.5}"#)
  }

  func testEscapes() {
    let cases: [(String, String)] = [
      ("\"\\/", #""\"\\/""#), ("\n\r\t", #""\n\r\t""#),
      ("\u{0}\u{1F}\u{8}", #""\u0000\u001f\u0008""#),
      ("é😀\u{7F}\u{2028}", "\"é😀\u{7F}\u{2028}\""), ("", "\"\""),
    ]
    for (value, written) in cases {
      XCTAssertEqual(text(JSONValue.string(value).serialized()), written)
    }
  }

  func testNumbers() {
    let cases: [(JSONValue, String)] = [
      (.integer(.min), "-9223372036854775808"), (.integer(.max), "9223372036854775807"), (0, "0"),
      (.number(1), "1.0"), (.number(1e300), "1e+300"), (.number(.infinity), "null"),
      (.number(.nan), "null"),
    ]
    for (value, written) in cases { XCTAssertEqual(text(value.serialized()), written) }
  }

  func testWhateverIsWrittenReadsBackTheSame() throws {
    var random = SplitMix(state: 42)
    for _ in 0..<2000 {
      let value = random.value(depth: 0)
      XCTAssertEqual(try JSONValue(parsing: value.serialized()), value)
    }
  }

  func testNoMutationOfATextBringsTheParserDown() throws {
    let seed = Array(#"{"a":[1,-2.5e3,"\u00e9\n\uD83D\uDE00é"],"b":{"c":null,"d":true}}"#.utf8)
    var random = SplitMix(state: 7)
    for _ in 0..<20_000 {
      var bytes = seed
      for _ in 0...random.below(3) { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
      let parsed = try? JSONValue(parsing: bytes)  // Refusal is fine; the two readers must agree.
      let scanned = try? JSONMembers(scanning: bytes)
      if let parsed {
        XCTAssertEqual(try JSONValue(parsing: parsed.serialized()), parsed)
        XCTAssertEqual(parsed.object?.count, scanned?.count)
      }
    }
  }

  func testAnObjectKeepsItsOrderAndReplacesInPlace() {
    var object: JSONObject = ["b": 1, "a": 2]
    object["b"] = 3
    object["c"] = 4
    object["a"] = nil
    XCTAssertEqual(text(object.serialized()), #"{"b":3,"c":4}"#)
    XCTAssertEqual(object, ["c": 4, "b": 3])
    XCTAssertNotEqual(object, ["b": 3])
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

/// A small generator with a seed, so that a failure repeats.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  mutating func value(depth: Int) -> JSONValue {
    switch below(depth < 4 ? 7 : 5) {
    case 0: .null
    case 1: .bool(below(2) == 0)
    case 2: .integer(Int64(bitPattern: next()))
    case 3: .number(Double(Int64(bitPattern: next())) / 1e6 + 0.5)
    case 4: .string(string())
    case 5: .array((0..<below(4)).map { _ in value(depth: depth + 1) })
    default: .object(JSONObject((0..<below(4)).map { _ in (string(), value(depth: depth + 1)) }))
    }
  }

  mutating func string() -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<below(8) {
      let range: UInt32 = [0x20, 0x80, 0x3000, 0x11_0000][below(4)]
      scalars.append(Unicode.Scalar(UInt32(next() % UInt64(range))) ?? "\u{FFFD}")
    }
    return String(scalars)
  }
}
