// swift-tools-version: 6.2
import PackageDescription

// MARK: - Settings

/// Every target: Swift 6 mode, warnings are errors, imports are internal and spelled out.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Targets that touch no memory but their own: each `unsafe` would have to be said.
let pure: [SwiftSetting] = strict + [.strictMemorySafety()]

/// A sanitizer's functions lie in the program, so a plugin must be allowed to leave them undefined.
let isSanitized = Context.environment["SALLYPORT_SANITIZED"] != nil

/// A plugin exports one symbol, is never unloaded, and leaves nothing undefined.
let pluginLinking: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-Xlinker", "--version-script=etc/plugin.map",
      "-Xlinker", "-z", "-Xlinker", "nodelete",
    ] + (isSanitized ? [] : ["-Xlinker", "-z", "-Xlinker", "defs"]))
]

// MARK: - Modules, lowest level first; `Tests/ArchitectureTests` holds imports to this list

func module(_ name: String, uses: [String], settings: [SwiftSetting]) -> Target {
  .target(
    name: name, dependencies: uses.map { .init(stringLiteral: $0) }, swiftSettings: settings)
}

let modules: [Target] = [
  // C libraries and the plugin ABI
  .systemLibrary(
    name: "COpenSSL", path: "Modules/COpenSSL", pkgConfig: "openssl",
    providers: [.apt(["libssl-dev"])]),
  .systemLibrary(
    name: "CSQLite", path: "Modules/CSQLite", pkgConfig: "sqlite3",
    providers: [.apt(["libsqlite3-dev"])]),
  .target(name: "CLinux", path: "Modules/CLinux"),
  .target(name: "CSallyport", path: "Modules/CSallyport"),

  // L0
  module("Diagnostics", uses: ["CLinux"], settings: strict),
  // L1
  module("JSON", uses: [], settings: pure),
  module("HTTP", uses: ["Diagnostics"], settings: pure),
  module("Cryptography", uses: ["COpenSSL", "Diagnostics"], settings: strict),
  // L2
  module("JOSE", uses: ["Cryptography", "Diagnostics", "JSON"], settings: pure),
  module("OAuth", uses: ["Diagnostics", "HTTP", "JSON"], settings: pure),
  module("Transport", uses: ["CLinux", "COpenSSL", "Diagnostics"], settings: strict),
  // L3
  module(
    "HTTPServer", uses: ["Cryptography", "Diagnostics", "HTTP", "JSON", "Transport"],
    settings: strict),
  module("HTTPClient", uses: ["Diagnostics", "HTTP", "Transport"], settings: strict),
  module(
    "Ports", uses: ["Cryptography", "Diagnostics", "JOSE", "JSON", "OAuth"], settings: pure),
  // L4
  module(
    "Tokens", uses: ["Cryptography", "Diagnostics", "JOSE", "JSON", "OAuth", "Ports"],
    settings: pure),
  module(
    "Telemetry", uses: ["Diagnostics", "HTTP", "HTTPClient", "JSON", "Transport"],
    settings: strict),
  module(
    "PluginHost",
    uses: ["CLinux", "CSallyport", "Cryptography", "Diagnostics", "JSON", "OAuth", "Ports"],
    settings: strict),
  // L5
  module(
    "AuthorizationServer",
    uses: [
      "Cryptography", "Diagnostics", "HTTP", "HTTPServer", "JOSE", "JSON", "OAuth", "Ports",
      "Tokens",
    ], settings: pure),
  module(
    "ReverseProxy",
    uses: [
      "Diagnostics", "HTTP", "HTTPClient", "HTTPServer", "JSON", "OAuth", "Ports", "Tokens",
      "Transport",
    ], settings: strict),
  module(
    "Administration",
    uses: [
      "Cryptography", "Diagnostics", "HTTP", "HTTPServer", "JOSE", "JSON", "OAuth", "Ports",
      "Tokens", "Transport",
    ], settings: strict),
  // L6
  module(
    "Configuration", uses: ["Cryptography", "Diagnostics", "HTTP", "JOSE", "JSON", "OAuth"],
    settings: strict),
  // L7
  module(
    "Gateway",
    uses: [
      "Administration", "AuthorizationServer", "CLinux", "Configuration", "Cryptography",
      "Diagnostics", "HTTP", "HTTPClient", "HTTPServer", "JOSE", "JSON", "OAuth", "PluginHost",
      "Ports", "ReverseProxy", "Telemetry", "Tokens", "Transport",
    ], settings: strict),
  // L8
  .executableTarget(
    name: "sallyport",
    dependencies: [
      "Administration", "CLinux", "Configuration", "Cryptography", "Diagnostics", "Gateway", "HTTP",
      "JOSE", "JSON", "OAuth", "Transport",
    ],
    swiftSettings: strict,
    linkerSettings: [
      .unsafeFlags(["-Xlinker", "-rpath", "-Xlinker", "$ORIGIN/../lib/sallyport"])
    ]),
]

// MARK: - The SDK and the plugins, each a shared library of its own

func plugin(_ name: String, at path: String, uses: [String] = []) -> Target {
  .target(
    name: name,
    dependencies: (["CSallyport", "SallyportPlugin"] + uses).map { .init(stringLiteral: $0) },
    path: "Plugins/\(path)", swiftSettings: strict, linkerSettings: pluginLinking)
}

let plugins: [Target] = [
  module("SallyportPlugin", uses: ["CSallyport"], settings: strict),
  plugin("ClientCredentials", at: "Grants/ClientCredentials"),
  plugin("StorageSQLite", at: "Storage/SQLite", uses: ["CSQLite"]),
  plugin("StorageMemory", at: "Storage/Memory"),
]

// MARK: - Tests

func tests(_ name: String, uses: [String]) -> Target {
  .testTarget(
    name: name, dependencies: uses.map { .init(stringLiteral: $0) }, swiftSettings: strict)
}

/// What the system tests share: the built program as a child, sockets, servers, judges.
let harness = Target.target(
  name: "Harness", path: "Tests/Support", exclude: ["Python"],
  swiftSettings: [.treatAllWarnings(as: .error)])

/// The built program from outside, with other people's tools as judges.
let systemTests = Target.testTarget(
  name: "SystemTests", dependencies: ["Harness"], exclude: ["Fixtures"],
  swiftSettings: [.treatAllWarnings(as: .error)])

/// libFuzzer's program, only when `Tests/Fuzz/run` asks for it: it links with no other linker.
let fuzzing: [Target] =
  Context.environment["SALLYPORT_FUZZ"] == nil
  ? []
  : [
    .executableTarget(
      name: "fuzz", dependencies: ["Cryptography", "Diagnostics", "HTTP", "JOSE", "JSON"],
      path: "Tests/Fuzz",
      exclude: ["corpus", "run"], swiftSettings: strict)
  ]

/// What each algorithm of JOSE costs, only when it is asked for.
let benchmarks: [Target] =
  Context.environment["SALLYPORT_BENCHMARK"] == nil
  ? []
  : [
    .executableTarget(
      name: "jose-benchmark", dependencies: ["Cryptography", "Diagnostics", "JOSE"],
      path: "Tests/Benchmarks/JOSE", swiftSettings: strict)
  ]

/// What the suites on built plugins share.
let conformanceSupport = Target.target(
  name: "ConformanceSupport",
  dependencies: ["Diagnostics", "JSON", "OAuth", "PluginHost", "Ports"],
  path: "Tests/ConformanceSupport", swiftSettings: strict)

/// A process for the conformance suite to kill while it writes.
let storageWriter = Target.executableTarget(
  name: "StorageWriter", dependencies: ["Diagnostics", "PluginHost", "Ports"],
  path: "Tests/StorageWriter", swiftSettings: strict)

/// Runs other people's vectors through the code: `Tests/Wycheproof/run`.
let wycheproof = Target.executableTarget(
  name: "wycheproof", dependencies: ["Cryptography", "Diagnostics", "JOSE", "JSON"],
  path: "Tests/Wycheproof", exclude: ["run"], swiftSettings: strict)

/// Plugins in C that the tests build, each refused or survived by name.
let badPlugins = Target.testTarget(
  name: "BadPlugins",
  dependencies: ["ConformanceSupport", "Diagnostics", "JSON", "OAuth", "PluginHost", "Ports"],
  exclude: ["Fixtures"], swiftSettings: strict)

/// A client and an upstream that send exactly the bytes they are told to.
let socketSupport = Target.target(
  name: "SocketSupport", dependencies: ["Transport"], path: "Tests/SocketSupport",
  swiftSettings: strict)

/// A target a module, the conformance suites on built plugins, and the built program.
let testTargets: [Target] = [
  conformanceSupport,
  socketSupport,
  storageWriter,
  wycheproof,
  tests(
    "GrantConformance",
    uses: ["ConformanceSupport", "Diagnostics", "JSON", "OAuth", "PluginHost", "Ports"]),
  badPlugins,
  tests("SallyportPluginTests", uses: ["SallyportPlugin"]),
  tests(
    "StorageConformance",
    uses: [
      "CSQLite", "ConformanceSupport", "Diagnostics", "JSON", "PluginHost", "Ports",
      "StorageWriter",
    ]),
  tests("ArchitectureTests", uses: []),
  tests("TransportTests", uses: ["Diagnostics", "SocketSupport", "Transport"]),
  tests(
    "HTTPServerTests", uses: ["Diagnostics", "HTTP", "HTTPServer", "SocketSupport", "Transport"]),
  tests("JOSETests", uses: ["Cryptography", "Diagnostics", "JOSE", "JSON"]),
  tests("JSONTests", uses: ["JSON"]),
  tests("DiagnosticsTests", uses: ["Diagnostics", "HTTP", "OAuth"]),
  tests("ConfigurationTests", uses: ["Configuration", "Diagnostics", "JOSE", "JSON", "OAuth"]),
  tests(
    "ReverseProxyTests",
    uses: [
      "Cryptography", "Diagnostics", "HTTP", "HTTPClient", "HTTPServer", "JOSE", "OAuth",
      "ReverseProxy", "SocketSupport", "Tokens", "Transport",
    ]),
  tests("HTTPTests", uses: ["Diagnostics", "HTTP"]),
  tests(
    "TokensTests",
    uses: ["Cryptography", "Diagnostics", "JOSE", "JSON", "OAuth", "Ports", "Tokens"]),
  tests("CryptographyTests", uses: ["Cryptography", "Diagnostics"]),
  tests("OAuthTests", uses: ["Diagnostics", "HTTP", "OAuth"]),
  tests(
    "PortsTests",
    uses: [
      "ConformanceSupport", "Cryptography", "Diagnostics", "JOSE", "OAuth", "PluginHost", "Ports",
    ]),
  tests(
    "AuthorizationServerTests",
    uses: [
      "AuthorizationServer", "ConformanceSupport", "Cryptography", "Diagnostics", "HTTP",
      "HTTPServer", "JOSE", "JSON", "OAuth", "PluginHost", "Ports", "Tokens",
    ]),
  tests(
    "AdministrationTests",
    uses: [
      "Administration", "ConformanceSupport", "Cryptography", "Diagnostics", "HTTP", "HTTPServer",
      "JOSE", "JSON", "OAuth", "PluginHost", "Ports", "Tokens",
    ]),
]

let package = Package(
  name: "sallyport",
  products: [
    .executable(name: "sallyport", targets: ["sallyport"]),
    .library(name: "SallyportPlugin", targets: ["SallyportPlugin"]),
    .library(name: "grant-client-credentials", type: .dynamic, targets: ["ClientCredentials"]),
    .library(name: "storage-sqlite", type: .dynamic, targets: ["StorageSQLite"]),
    .library(name: "storage-memory", type: .dynamic, targets: ["StorageMemory"]),
  ],
  targets: modules + plugins + [harness, systemTests] + fuzzing + benchmarks + testTargets,
  swiftLanguageModes: [.v6])
