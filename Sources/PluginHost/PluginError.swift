public import Diagnostics

/// Why a plugin is not loaded, or an instance of it not made.
///
/// Each message names the file, what was expected, what was found, and the way out.
public enum PluginError: Error, Sendable, Equatable {
  /// No such file where plugins are looked for.
  case notFound(name: String, searched: [String])
  /// It cannot be opened or read.
  case unreadable(path: String, reason: String)
  /// It is a folder, a device, …
  case notRegularFile(path: String)
  /// Somebody else owns it, or a folder on the way to it.
  case wrongOwner(path: String, found: UInt32)
  /// Group or others may write to it, or to a folder on the way to it.
  case writableByOthers(path: String, mode: UInt32)
  /// It is not the file that the config names.
  case wrongDigest(path: String, expected: String, found: String)
  /// It is loaded, and the file has been written over since.
  case changedInPlace(path: String)
  /// The dynamic linker refuses it.
  case notLoadable(path: String, reason: String)
  /// It does not export `sallyport_plugin`.
  case noSymbol(path: String)
  /// It says that it cannot serve this host.
  case declined(path: String)
  /// What its symbol returns is no descriptor.
  case wrongMagic(path: String, found: UInt32)
  /// It was built for an incompatible ABI.
  case wrongMajor(path: String, found: UInt32)
  /// It needs a newer host.
  case newerMinor(path: String, found: UInt32)
  /// A struct or table is smaller than version 1.0 has it.
  case tooShort(path: String, what: String, found: Int, expected: Int)
  /// A table lacks a function that it must have.
  case missingFunction(path: String, name: String)
  /// A member of the descriptor or of a declaration breaks a rule of the header.
  case malformed(path: String, what: String)
  /// It offers nothing of the kind that the config entry needs.
  case noOffer(path: String, kind: String)
  /// It does not take the entry's options.
  case configurationRefused(plugin: String, faults: [PluginConfigurationFault])
  /// It could not make an instance.
  case creationFailed(plugin: String, status: Int32, faults: [PluginConfigurationFault])

  /// A stable dotted code for logs and tests.
  public var code: ReasonCode {
    switch self {
    case .notFound: .pluginNotFound
    case .unreadable: .pluginUnreadable
    case .notRegularFile: .pluginNotRegularFile
    case .wrongOwner: .pluginWrongOwner
    case .writableByOthers: .pluginWritableByOthers
    case .wrongDigest: .pluginWrongSHA256
    case .changedInPlace: .pluginChangedInPlace
    case .notLoadable: .pluginNotLoadable
    case .noSymbol: .pluginNoSymbol
    case .declined: .pluginDeclined
    case .wrongMagic: .pluginWrongMagic
    case .wrongMajor: .pluginWrongMajor
    case .newerMinor: .pluginNewerMinor
    case .tooShort: .pluginTooShort
    case .missingFunction: .pluginMissingFunction
    case .malformed: .pluginMalformed
    case .noOffer: .pluginNoOffer
    case .configurationRefused: .pluginConfigurationRefused
    case .creationFailed: .pluginCreationFailed
    }
  }
}

/// What a plugin says is wrong with its options, or why it could not start.
public struct PluginConfigurationFault: Sendable, Equatable, CustomStringConvertible {
  /// A JSON Pointer into the entry's `config`; empty for the whole.
  public let pointer: String
  /// What the plugin says.
  public let message: String

  /// A fault.
  public init(pointer: String, message: String) {
    self.pointer = pointer
    self.message = message
  }

  /// Place and message.
  public var description: String { pointer.isEmpty ? message : "\(pointer): \(message)" }
}
