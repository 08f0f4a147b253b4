import Configuration
import Foundation
import JSON
import XCTest

/// A folder with a config file and what it refers to; gone with the value.
final class Deployment {
  let folder: URL
  var environment = ["CLIENT_SECRET": "from-the-environment"]

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("sallyport-config-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write(String(repeating: "5a", count: 32) + "\n", to: "master.key")
    try write(#"{"keys":[{"kty":"EC"}]}"#, to: "jwks.json")
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)  // A folder left behind hurts nobody.
  }

  func write(_ text: String, to name: String, mode: Int = 0o600) throws {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
  }

  /// Loads a text as the config file.
  func load(_ text: String, demo: Bool = false) throws -> GatewayOptions {
    try write(text, to: "config.json5")
    let environment = environment
    return try ConfigurationFile.load(path: path, demo: demo) { environment[$0] }
  }

  /// What is wrong with a text.
  func faults(_ text: String, demo: Bool = false) throws -> [ConfigurationFault] {
    do {
      _ = try load(text, demo: demo)
      return []
    } catch let faults as ConfigurationFaults {
      return faults.faults
    }
  }

  var path: String { folder.appendingPathComponent("config.json5").path }
}

/// A text in which `⌖` marks the place of each fault that is expected.
struct MarkedText {
  let text: String
  let positions: [SourcePosition]

  init(_ marked: String) {
    var (text, positions, line, column) = ("", [SourcePosition](), 1, 1)
    for scalar in marked.unicodeScalars {
      if scalar == "⌖" {
        positions.append(SourcePosition(line: line, column: column))
        continue
      }
      text.unicodeScalars.append(scalar)
      (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
    }
    self.text = text
    self.positions = positions
  }
}

/// A proxy in front of the echo, with room for more of each section.
func proxyConfig(
  routes: String = "", resources: String = "", listeners: String = "", more: String = ""
) -> String {
  """
  {
    listeners: [{ address: "127.0.0.1:0", serves: ["proxy"] }, \(listeners)],
    resources: [{ id: "api", audience: "https://a", scopes: { read: "Read" } }, \(resources)],
    proxy: {
      upstreams: { echo: { builtin: "echo" } },
      routes: [\(routes)],
    },
    \(more)
  }
  """
}

/// An authorization server, with room for more of each section.
func serverConfig(clients: String = "", more: String = "") -> String {
  """
  {
    issuer: "https://auth.example",
    listeners: [{ address: "127.0.0.1:0", serves: ["authorization-server"] }],
    plugins: { storage: { load: "storage-memory" } },
    resources: [{ id: "api", audience: "https://a", scopes: { read: "Read" } }],
    clients: [\(clients)],
    \(more.contains("keys:") ? "" : #"keys: { master: [{ file: "master.key" }] },"#)
    \(more)
  }
  """
}
