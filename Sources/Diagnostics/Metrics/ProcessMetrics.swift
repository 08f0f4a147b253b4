internal import Glibc

/// What Prometheus' own libraries say of every process, under the same names.
public enum ProcessMetrics {
  private static let cpu = MetricDefinition(
    .counter, "process_cpu_seconds", "Time on processors, user and system.")
  private static let start = MetricDefinition(
    .gauge, "process_start_time_seconds", "When the process started, in seconds since 1970.")
  private static let resident = MetricDefinition(
    .gauge, "process_resident_memory_bytes", "Memory in use.")
  private static let virtual = MetricDefinition(
    .gauge, "process_virtual_memory_bytes", "Address space in use.")
  private static let open = MetricDefinition(
    .gauge, "process_open_fds", "File descriptors open now.")
  private static let most = MetricDefinition(
    .gauge, "process_max_fds", "File descriptors that may be open at once.")

  /// Adds them to a registry; the process started at that time.
  public static func register(in registry: MetricRegistry, started: UnixTime) {
    registry.observe(cpu) { [MetricSample(processorSeconds())] }
    registry.observe(start) { [MetricSample(Double(started.milliseconds) / 1000)] }
    registry.observe(resident) { memoryPages().map { [MetricSample($0.resident)] } ?? [] }
    registry.observe(virtual) { memoryPages().map { [MetricSample($0.virtual)] } ?? [] }
    registry.observe(open) { openDescriptors().map { [MetricSample($0)] } ?? [] }
    registry.observe(most) {
      var limit = rlimit()
      getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      return [MetricSample(Double(limit.rlim_cur))]
    }
  }

  private static func processorSeconds() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let times = [usage.ru_utime, usage.ru_stime]
    return times.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1_000_000 }
  }

  /// Bytes by `/proc/self/statm`, which counts pages.
  private static func memoryPages() -> (virtual: Double, resident: Double)? {
    let file = Glibc.open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 128)
    let count = read(file, &buffer, buffer.count)
    let words = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).split(separator: " ")
    guard words.count >= 2, let virtual = Double(words[0]), let resident = Double(words[1]) else {
      return nil
    }
    let page = Double(sysconf(Int32(_SC_PAGESIZE)))
    return (virtual * page, resident * page)
  }

  private static func openDescriptors() -> Double? {
    guard let folder = opendir("/proc/self/fd") else { return nil }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    // Not counted: `.`, `..` and the folder itself.
    return Double(max(0, count - 3))
  }
}
