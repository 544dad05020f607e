import Foundation
import Testing

/// Holds every import of the sources against the table of the architecture, and keeps forbidden things out.
@Suite struct ImportTests {
    /// What each target may import beside the standard library.
    private static let allowed: [String: Set<String>] = [
        "JSON": [], "Crypto": ["COpenSSL"], "Compression": ["CZlib"], "Domain": ["JSON", "Synchronization"],
        "Ledger": ["Domain", "Crypto", "JSON"],
        "Acoustics": ["Foundation", "Glibc"], "SyntheticVoice": ["Foundation", "Glibc"],
        "Pictures": ["Acoustics", "Foundation"],
        "Emotion": ["Acoustics", "JSON", "Foundation", "Dispatch", "Synchronization"], "HTTP": ["Synchronization"],
        "AudioFiles": ["CSndfile", "CSoxr", "Foundation", "Glibc"],
        "Server": ["HTTP", "COpenSSL", "Logging", "Dispatch", "Glibc", "Foundation", "Synchronization"],
        "Storage": [
            "Domain", "Ledger", "Crypto", "JSON", "Assets", "GRDB", "CSQLite", "GRDBSQLite", "Dispatch", "Foundation", "Glibc",
            "Synchronization",
        ],
        "Market": ["Domain", "Ledger", "Crypto", "JSON", "Storage", "Synchronization"],
        "Analysis": [
            "Domain", "AudioFiles", "Acoustics", "Crypto", "Emotion", "Pictures", "JSON", "Market", "Storage", "Logging",
            "Dispatch",
            "Foundation", "Synchronization",
        ],
        "Delivery": ["Domain", "Storage", "AudioFiles", "Crypto", "JSON", "Glibc"],
        "Web": [
            "Compression", "HTTP", "Domain", "Ledger", "Crypto", "JSON", "Storage", "Market", "Delivery", "Assets", "Logging",
            "Synchronization",
        ],
        "TestSupport": ["CZlib", "SyntheticVoice", "JSON", "Foundation", "Glibc"],
        "Simulator": [
            "CSQLite", "CSimulatedDisk", "Crypto", "Domain", "HTTP", "JSON", "Ledger", "Market", "Storage", "TestSupport", "Web",
            "Logging",
            "Foundation", "Synchronization",
        ],
        "fairvoice-audio-bench": ["Acoustics", "Analysis", "AudioFiles", "ArgumentParser", "Foundation", "Synchronization"],
        "fairvoice-simulator": ["Simulator", "ArgumentParser", "Foundation"],
    ]

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func files(under folder: String) -> [URL] {
        let all = FileManager.default.enumerator(at: root.appending(path: folder), includingPropertiesForKeys: nil)
        return (all?.allObjects as? [URL] ?? []).sorted { $0.path < $1.path }
    }

    @Test(arguments: allowed.keys.sorted()) func `imports are those of the table`(target: String) throws {
        let sources = Self.files(under: "Sources/\(target)").filter { $0.pathExtension == "swift" }
        #expect(!sources.isEmpty)
        for file in sources {
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                let words = line.split(separator: " ")
                guard let index = words.firstIndex(of: "import"), index <= 1, words.count > index + 1,
                    index == 0 || words[0].hasPrefix("@")
                else { continue }
                let module = String(words[index + 1])
                #expect(Self.allowed[target]?.contains(module) == true, "\(file.lastPathComponent) imports \(module)")
            }
        }
    }

    @Test func `the table names every target`() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path)
        let apart: Set = [
            "fairvoice", "Assets", "COpenSSL", "CProcessor", "CSndfile", "CSoxr", "CSQLite", "CSimulatedDisk", "CZlib",
        ]
        #expect(Set(folders).subtracting(apart) == Set(Self.allowed.keys))
    }

    // Functions give each other vectors of eight in another way with AVX2, for which only these are compiled. The snapshot of a log's
    // state is of a kind that they have not.
    @Test func `vectors stand only in Acoustics and Emotion`() throws {
        let apart = ["/Acoustics/", "/Emotion/", "/AcousticsTests/", "/EmotionTests/", "/ImportTests.swift", "/WALState.swift"]
        for file in Self.files(under: "Sources") + Self.files(under: "Tests")
        where file.pathExtension == "swift" && !apart.contains(where: file.path.contains) {
            #expect(try !String(contentsOf: file, encoding: .utf8).contains("SIMD"), "\(file.lastPathComponent)")
        }
    }

    @Test func `SQL stands only in Storage and Migrations`() throws {
        for file in Self.files(under: "Sources") where file.pathExtension == "swift" && !file.path.contains("/Storage/") {
            // Mutants of the simulator break the schema.
            guard !file.path.hasSuffix("/Simulator/Mutant.swift") else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            for word in ["SELECT ", "INSERT INTO", "UPDATE account", "DELETE FROM"] {
                #expect(!text.contains(word), "\(file.lastPathComponent) holds SQL")
            }
        }
    }
}
