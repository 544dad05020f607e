import Foundation
import JSON
import TestSupport
import Testing

/// The pages in a real browser, where there is one.
@Suite struct BrowserTests {
    private static let hasChromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].contains {
        FileManager.default.fileExists(atPath: $0)
    }

    @Test(.enabled(if: hasChromium)) func aPersonRecordsAndReadsTheReceipt() throws {
        let program = try Program()
        let microphone = "\(program.folder)/microphone.wav"
        try Speech.wav(seed: 1, seconds: 8, sampleRateHz: 48_000).write(to: URL(fileURLWithPath: microphone))
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Browser/record.py").path
        let result = try Child.run(
            "python3", [script, program.base, microphone, "\(program.folder)/screenshot.png"])
        #expect(result.code == 0, "\(result.output) \(result.error)")
        let seen = try JSON.parse(Array(result.output.utf8))
        #expect(seen["status"]?.asString == "accepted")
        #expect(["A", "B", "C"].contains(seen["grade"]?.asString ?? ""))
        #expect(seen["picture"] == 960)
        #expect(seen["balance"]?.asString.flatMap(Double.init) ?? 0 > 0)
    }
}
