internal import CSallyport
internal import Glibc

/// A loaded library whose descriptor passed the negotiation.
struct PluginImage {
  let file: PluginFile
  let descriptor: sp_plugin

  private typealias Entry =
    @convention(c) (UInt32, UInt32) -> UnsafePointer<sp_plugin>?

  init(_ file: PluginFile) throws(PluginError) {
    self.file = file
    guard
      let handle = dlopen(
        "/proc/self/fd/\(file.descriptor)", RTLD_NOW | RTLD_LOCAL | Int32(RTLD_NODELETE))
    else {
      let reason = Self.linkerError()
      // Nothing was loaded under this number, so it may be used again.
      close(file.descriptor)
      throw .notLoadable(path: file.path, reason: reason)
    }
    guard let symbol = dlsym(handle, "sallyport_plugin") else { throw .noSymbol(path: file.path) }
    // The header fixes the signature of the symbol.
    let entry = unsafeBitCast(symbol, to: Entry.self)
    guard let plugin = entry(UInt32(SP_ABI_MAJOR), UInt32(SP_ABI_MINOR)) else {
      throw .declined(path: file.path)
    }
    descriptor = try Self.negotiate(UnsafeRawPointer(plugin), file.path)
  }

  /// Size and magic lie at the same place in every version; nothing else is read before them.
  private static func negotiate(_ plugin: UnsafeRawPointer, _ path: String) throws(PluginError)
    -> sp_plugin
  {
    let size = plugin.loadUnaligned(as: UInt32.self)
    let magic = plugin.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
    guard magic == UInt32(SP_MAGIC) else { throw .wrongMagic(path: path, found: magic) }
    let major = plugin.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
    guard major == UInt32(SP_ABI_MAJOR) else { throw .wrongMajor(path: path, found: major) }
    let minor = plugin.loadUnaligned(fromByteOffset: 12, as: UInt32.self)
    guard minor <= UInt32(SP_ABI_MINOR) else { throw .newerMinor(path: path, found: minor) }
    let expected = MemoryLayout<sp_plugin>.size
    guard Int(size) >= expected else {
      throw .tooShort(path: path, what: "sp_plugin", found: Int(size), expected: expected)
    }
    return plugin.loadUnaligned(as: sp_plugin.self)
  }

  private static func linkerError() -> String {
    dlerror().map { String(cString: $0) } ?? "no reason given"
  }
}
