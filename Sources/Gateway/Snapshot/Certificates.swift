internal import Configuration
internal import Transport

/// The certificates of the listeners, read from the files that the config names.
enum Certificates {
  /// The TLS context of each listener, nil for plain HTTP; every unusable file is a fault.
  static func contexts(
    of listeners: [ListenerOptions], tickets: TicketKeys
  ) throws(StartFailure) -> [TLSContext?] {
    var contexts: [TLSContext?] = []
    var faults: [ConfigurationFault] = []
    for listener in listeners {
      do throws(TLSError) {
        contexts.append(
          try listener.tls.map { tls throws(TLSError) in
            try TLSContext(certificate: tls.certificate, key: tls.key, tickets: tickets)
          })
      } catch {
        faults.append(fault(error, listener.address, listener.tls))
      }
    }
    guard faults.isEmpty else { throw .configuration(faults) }
    return contexts
  }

  /// The TLS context of the admin listener, nil for plain HTTP.
  static func context(
    of listener: AdminListenerOptions, tickets: TicketKeys
  ) throws(StartFailure) -> TLSContext? {
    guard let tls = listener.tls else { return nil }
    do throws(TLSError) {
      return try TLSContext(certificate: tls.certificate, key: tls.key, tickets: tickets)
    } catch {
      throw .configuration([fault(error, listener.address, tls)])
    }
  }

  private static func fault(
    _ error: TLSError, _ address: ListenAddress, _ tls: TLSOptions?
  ) -> ConfigurationFault {
    let remedy = "name PEM files of a certificate and its private key in tls of that listener"
    let place = "the listener \(address)"
    return switch error {
    case .file(let path, let reason):
      ConfigurationFault(
        file: path, position: nil, problem: "\(place) cannot use it (\(reason))", remedy: remedy)
    case .keyMismatch(let certificate, let key):
      ConfigurationFault(
        file: key, position: nil,
        problem: "\(place): it is not the private key of the certificate in \(certificate)",
        remedy: remedy)
    case .setting(let reason):
      ConfigurationFault(
        file: tls?.certificate ?? "tls", position: nil,
        problem: "\(place): OpenSSL refuses its settings (\(reason))", remedy: remedy)
    }
  }
}
