internal import CSallyport
internal import Diagnostics

extension PluginError: CustomStringConvertible {
  /// A line for the operator.
  public var description: String {
    switch self {
    case .notFound(let name, let searched):
      "plugin \"\(name)\": no such file; looked for \(searched.joined(separator: ", ")); build it "
        + "with `swift build`, or set plugins.directory or a path in `load`"
    case .unreadable(let path, let reason):
      "plugin \(path): cannot be read (\(reason)); make it readable for this user"
    case .notRegularFile(let path):
      "plugin \(path): expected a regular file, found something else; name the library itself"
    case .wrongOwner(let path, let found):
      "plugin: \(path) belongs to user \(found), expected root or this user; change its owner"
    case .writableByOthers(let path, let mode):
      "plugin: \(path) has mode \(String(mode, radix: 8)), so that others may change what is loaded; "
        + "run chmod go-w on it"
    case .wrongDigest(let path, let expected, let found):
      "plugin \(path): expected sha256 \(expected), found \(found); install the right file or mend "
        + "sha256 in the config"
    case .changedInPlace(let path):
      "plugin \(path): was written over since it was loaded; restart to load what it is now, and "
        + "install new builds by renaming them into place"
    case .creationFailed(let plugin, let status, let faults):
      "plugin \(plugin): could not start (\(StatusName.text(status)))" + Self.list(faults)
    case .configurationRefused(let plugin, let faults):
      "plugin \(plugin): refuses its config" + Self.list(faults)
    default: negotiation
    }
  }

  private var negotiation: String {
    switch self {
    case .notLoadable(let path, let reason):
      "plugin \(path): the dynamic linker refuses it (\(reason)); install what it needs"
    case .noSymbol(let path):
      "plugin \(path): exports no symbol sallyport_plugin; it is no Sallyport plugin"
    case .declined(let path):
      "plugin \(path): does not serve a host of ABI \(Self.abi); install a build for this version"
    case .wrongMagic(let path, let found):
      "plugin \(path): expected magic \(Self.hex(UInt32(SP_MAGIC))), found \(Self.hex(found)); "
        + "rebuild it with sallyport/plugin.h"
    case .wrongMajor(let path, let found):
      "plugin \(path): built for ABI \(found).x, expected \(SP_ABI_MAJOR).x; rebuild it"
    case .newerMinor(let path, let found):
      "plugin \(path): needs ABI \(SP_ABI_MAJOR).\(found), this host has \(Self.abi); update "
        + "Sallyport or install an older plugin"
    case .tooShort(let path, let what, let found, let expected):
      "plugin \(path): \(what) has \(found) bytes, expected at least \(expected); rebuild it"
    case .missingFunction(let path, let name):
      "plugin \(path): the function \(name) is NULL; it must be there"
    case .malformed(let path, let what):
      "plugin \(path): \(what)"
    case .noOffer(let path, let kind):
      "plugin \(path): offers no \(kind); name another library here"
    default: code.rawValue
    }
  }

  private static let abi = "\(SP_ABI_MAJOR).\(SP_ABI_MINOR)"

  private static func hex(_ number: UInt32) -> String { "0x" + String(number, radix: 16) }

  private static func list(_ faults: [PluginConfigurationFault]) -> String {
    faults.isEmpty ? "" : ": " + faults.map(\.description).joined(separator: "; ")
  }
}
