public import Configuration
internal import Diagnostics
internal import JOSE
internal import PluginHost
internal import Ports
internal import Transport

/// What `sallyport check --live` does beyond `check`: it connects.
///
/// It opens the storage (which makes the state folder and an empty store where there is none), reads
/// the key sets of trusted issuers, and connects to every upstream, TLS included, without a request.
public enum LiveCheck {
  /// Every fault as a line.
  public static func faults(_ options: GatewayOptions, demo: Bool) throws(StartFailure) -> [String]
  {
    storageFaults(options, demo: demo) + issuerFaults(options) + (try upstreamFaults(options))
  }

  private static func storageFaults(_ options: GatewayOptions, demo: Bool) -> [String] {
    guard let storage = options.plugins.storage else { return [] }
    let loader = PluginLoader(
      directories: options.plugins.directory.map { [$0] } ?? PluginLoader.standardDirectories())
    do {
      let folder = try StateFolder(options.state, demo: demo)
      let entry = try storage.entry(stateFolder: folder.path, log: Log(level: .error))
      let store = try storage.plugin(loader).openStorage(entry, .starting())
      try store.health(.starting())
      return []
    } catch let failure as StartFailure {
      return failure.lines.map { "plugins.storage: \($0)" }
    } catch {
      return ["plugins.storage: \(error)"]
    }
  }

  private static func issuerFaults(_ options: GatewayOptions) -> [String] {
    options.proxy.issuers.compactMap { issuer in
      do throws(JOSEError) {
        _ = try JWKSet(parsing: issuer.jwks)
        return nil
      } catch {
        return "proxy.issuers: the key set of \(issuer.issuer) is unusable (\(error.code)); mend it"
      }
    }
  }

  private static func upstreamFaults(_ options: GatewayOptions) throws(StartFailure) -> [String] {
    let upstreams = Upstreams(echo: EchoSocket(), metrics: MetricRegistry())
    var faults: [String] = []
    var probes: [UpstreamProbe] = []
    do throws(SystemError) {
      let loop = try EventLoop()
      for (name, upstream) in options.proxy.upstreams.sorted(by: { $0.key < $1.key }) {
        guard case .server = upstream.target else { continue }
        let named = ProxyPlan.NamedUpstream(name: name, options: upstream)
        do throws(StartFailure) {
          probes.append(UpstreamProbe(try upstreams.upstream(named), on: loop))
        } catch {
          faults += error.lines
        }
      }
      var left = probes.count
      for probe in probes {
        probe.run {
          left -= 1
          if left == 0 { loop.stop() }
        }
      }
      if left > 0 { loop.run() }
    } catch {
      throw .operation("no event loop: \(error)")
    }
    return faults + probes.compactMap(\.fault)
  }
}
