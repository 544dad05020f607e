// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// Whether vectors are for x86-64 processors with AVX2, which compute eight samples at once: as the building machine's, unless AVX2 in
/// the environment says 0 or 1. All values are the same with and without.
let hasAVX2: Bool = {
    #if arch(x86_64)
        if let wanted = Context.environment["AVX2"] { return wanted == "1" }
        return (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.contains(" avx2 ") ?? false
    #else
        return false
    #endif
}()

// Every target of the house and what it may import. `Tests/ArchitectureTests` holds the sources against the same table,
// and the build refuses an import that is not declared here.
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// Signal processing is unusable without the optimiser, also in a debug build.
let optimised: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// What computes in vectors, and its tests: all of it, since functions give each other vectors of eight in another way with AVX2.
/// `ImportTests` looks that there are none elsewhere.
let vectorised: [SwiftSetting] = hasAVX2 ? [.unsafeFlags(["-Xcc", "-mavx2"])] : []

/// What runs for every request. The check that no value is changed while it is read costs an eighth of a small answer; builds for
/// debugging keep it.
let hot: [SwiftSetting] = optimised + [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))]

func module(
    _ name: String, _ dependencies: [Target.Dependency] = [], settings: [SwiftSetting] = strict
) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], settings: [SwiftSetting] = strict
) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

func library(_ name: String, pkgConfig: String, package: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([package])])
}

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let collections: Target.Dependency = .product(name: "Collections", package: "swift-collections")

let package = Package(
    name: "fairvoice",
    products: [.executable(name: "fairvoice", targets: ["fairvoice"])],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    ],
    targets: [
        // Libraries of the system.
        library("COpenSSL", pkgConfig: "openssl", package: "libssl-dev"),
        library("CSndfile", pkgConfig: "sndfile", package: "libsndfile1-dev"),
        library("CSoxr", pkgConfig: "soxr", package: "libsoxr-dev"),
        library("CZlib", pkgConfig: "zlib", package: "zlib1g-dev"),
        .target(name: "CProcessor", cSettings: hasAVX2 ? [.define("AVX2")] : []),
        .target(name: "CSQLite"),
        .target(name: "Assets", exclude: []),

        // Leaves: no input or output.
        module("JSON"),
        module("Crypto", ["COpenSSL"]),
        module("Compression", ["CZlib"]),
        module("Domain", ["JSON"]),
        module("Ledger", ["Domain", "Crypto", "JSON"]),
        module("Acoustics", settings: optimised + vectorised),
        module("SyntheticVoice", settings: optimised),
        module("Pictures", ["Acoustics"], settings: optimised),
        module("Emotion", ["Acoustics", "JSON"], settings: optimised + vectorised),
        module("HTTP", settings: hot),

        // The edges: files, sockets, database.
        module("AudioFiles", ["CSndfile", "CSoxr"], settings: optimised),
        module("Server", ["HTTP", "COpenSSL", logging], settings: hot),
        module("Storage", ["Domain", "Ledger", "Crypto", "JSON", "Assets", "CSQLite", grdb, sqlite]),

        // The work.
        module("Market", ["Domain", "Ledger", "Crypto", "JSON", "Storage"]),
        module(
            "Analysis",
            [
                "Domain", "AudioFiles", "Acoustics", "Crypto", "Emotion", "Pictures", "JSON", "Market", "Storage", logging,
            ]),
        module("Delivery", ["Domain", "Storage", "AudioFiles", "Crypto", "JSON"]),
        module(
            "Web",
            [
                "HTTP", "Domain", "Ledger", "Crypto", "Compression", "JSON", "Storage", "Market", "Delivery", "Assets", logging,
            ]),
        .executableTarget(
            name: "fairvoice",
            dependencies: [
                "Acoustics", "Analysis", "Assets", "AudioFiles", "CProcessor", "Crypto", "Delivery", "Domain", "Emotion", "HTTP",
                "JSON", "Ledger", "Market", "Server", "Storage", "SyntheticVoice", "Web", argumentParser, logging, configuration,
            ],
            swiftSettings: strict),

        // The market against a small model, on a disk that fails to order: no part of the program.
        .target(name: "CSimulatedDisk", linkerSettings: [.linkedLibrary("sqlite3")]),
        module(
            "Simulator",
            [
                "CSQLite", "CSimulatedDisk", "Crypto", "Domain", "HTTP", "JSON", "Ledger", "Market", "Storage", "TestSupport",
                "Web", logging,
            ]),
        .executableTarget(
            name: "fairvoice-simulator", dependencies: ["Simulator", argumentParser], swiftSettings: strict),

        // What measuring costs: no part of the program.
        .executableTarget(
            name: "fairvoice-audio-bench", dependencies: ["Acoustics", "Analysis", "AudioFiles", "CProcessor", argumentParser],
            swiftSettings: strict),

        // Tests.
        module("TestSupport", ["CZlib", "SyntheticVoice", "JSON"]),
        tests("JSON", ["JSON", "TestSupport"]),
        tests("Compression", ["Compression", "TestSupport"]),
        tests("Crypto", ["Crypto", "TestSupport"]),
        tests("Domain", ["Domain", "JSON", "TestSupport"]),
        tests("Ledger", ["Ledger", "Domain", "Crypto", "JSON", "TestSupport"]),
        tests("Acoustics", ["Acoustics", "SyntheticVoice", "TestSupport"], settings: strict + vectorised),
        tests("Pictures", ["Pictures", "Acoustics", "SyntheticVoice", "TestSupport"]),
        tests("SyntheticVoice", ["SyntheticVoice", "TestSupport"]),
        tests("Emotion", ["Emotion", "Acoustics", "AudioFiles", "JSON", "TestSupport"], settings: strict + vectorised),
        tests("HTTP", ["HTTP", "TestSupport"]),
        tests("AudioFiles", ["AudioFiles", "TestSupport"]),
        tests("Server", ["Server", "HTTP", "TestSupport"]),
        tests("Storage", ["Storage", "Domain", "Ledger", "Crypto", "JSON", "TestSupport", grdb]),
        tests("Market", ["Market", "Storage", "Domain", "Ledger", "Crypto", "JSON", "TestSupport", grdb]),
        tests(
            "Analysis",
            [
                "Analysis", "Acoustics", "Market", "Storage", "Domain", "Emotion", "AudioFiles", "JSON", "SyntheticVoice",
                "TestSupport", logging,
            ]),
        tests("Delivery", ["Delivery", "Domain", "Storage", "Crypto", "JSON", "TestSupport"]),
        tests("Web", ["Web", "HTTP", "Domain", "Crypto", "JSON", "Ledger", "Storage", "Market", "TestSupport"]),
        tests("Simulator", ["Simulator"]),
        tests("EndToEnd", ["TestSupport", "JSON", "Crypto", "Domain"], exclude: ["Browser"]),
        tests("Architecture", ["TestSupport", "Assets"]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c2x
)
