// swift-tools-version: 6.2
import Foundation
import PackageDescription

// The fuzzers. A package of its own, because what they run over is compiled for coverage and AddressSanitizer: its targets are
// links to those of the program, which no other build then knows of, and nothing has to be fetched.
let instrumented: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("MemberImportVisibility"),
    .unsafeFlags(["-O", "-sanitize=fuzzer,address"]),
]

/// As the program's own package has it: what is tried is what runs.
let hasAVX2 =
    Context.environment["AVX2"].map { $0 == "1" }
    ?? ((try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.contains(" avx2 ") ?? false)
let vectorised = hasAVX2 ? ["-Xcc", "-mavx2"] : []

// Signals are shaped by numbers, not by words that a comparison could give away: to trace every comparison of the arithmetic takes
// longer than the arithmetic.
let measured: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("MemberImportVisibility"),
    .unsafeFlags(["-O", "-sanitize=address", "-sanitize-coverage=edge,inline-8bit-counters,pc-table"] + vectorised),
]

let package = Package(
    name: "fairvoice-fuzzing",
    targets: [
        .systemLibrary(name: "CSndfile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
        .systemLibrary(name: "CSoxr", pkgConfig: "soxr", providers: [.apt(["libsoxr-dev"])]),
        .target(name: "HTTP", swiftSettings: instrumented),
        .target(name: "JSON", swiftSettings: instrumented),
        .target(name: "Acoustics", swiftSettings: measured),
        .target(name: "AudioFiles", dependencies: ["CSndfile", "CSoxr"], swiftSettings: instrumented),
        .target(name: "CFuzzer"),
        .executableTarget(
            name: "fuzz", dependencies: ["Acoustics", "AudioFiles", "CFuzzer", "HTTP", "JSON"],
            swiftSettings: instrumented,
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c2x
)
