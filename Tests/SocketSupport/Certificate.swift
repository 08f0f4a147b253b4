import Foundation
import Transport

/// A certificate for `localhost` and its key, made by the openssl program.
public struct Certificate {
  private let folder: String
  /// The file of the certificate.
  public var certificate: String { "\(folder)/c.pem" }
  /// The file of the key.
  public var key: String { "\(folder)/k.pem" }

  /// Makes both in a folder of their own.
  public init() throws {
    folder = NSTemporaryDirectory() + "sallyport-tls-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let openssl = Process()
    openssl.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    openssl.arguments = [
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
      "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
      "-keyout", key, "-out", certificate,
    ]
    openssl.standardError = FileHandle.nullDevice
    try openssl.run()
    openssl.waitUntilExit()
    guard openssl.terminationStatus == 0 else { throw SystemError("openssl", code: 0) }
  }

  /// Removes the folder.
  public func remove() {
    // A folder that stays behind in the temporary folder harms nobody.
    try? FileManager.default.removeItem(atPath: folder)
  }
}
