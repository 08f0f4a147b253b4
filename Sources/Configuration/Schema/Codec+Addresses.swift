internal import JSON

extension Codec where Value == ListenAddress {
  /// An address to listen on; only loopback in a demonstration.
  static var listenAddress: Codec {
    let codec = Codec.text(
      "an IP address and a port, such as \"127.0.0.1:8080\" or \"[::]:8443\"",
      example: "127.0.0.1:8080", longest: 64
    ) { text, _ in ListenAddress(text) }
    return codec.checked { address, node, reading in
      guard reading.surroundings.isDemo, !address.isLoopback else { return }
      reading.fault(
        node.position, "is not a loopback address, which a demonstration needs",
        "use 127.0.0.1 or [::1], or a config without --demo")
    }
  }
}

extension Codec where Value == AddressRange {
  /// A block of addresses.
  static var addressRange: Codec {
    .text(
      "an IP address or a block such as \"10.0.0.0/8\"", example: "10.0.0.0/8", longest: 64
    ) { text, _ in AddressRange(text) }
  }
}

extension Codec where Value == UpstreamAddress {
  /// Where an upstream listens.
  static var upstreamAddress: Codec {
    .text(
      "a URL of scheme, host and port, such as \"http://127.0.0.1:9000\"",
      example: "http://127.0.0.1:9000"
    ) { text, _ in UpstreamAddress(text) }
  }
}
