import Analysis
import AudioFiles
import Foundation
import Testing

struct PictureTests {
    /// Of a longer recording the beginning is drawn, and the picture says so and how long it is.
    @Test(arguments: [600, 660]) func aPictureSaysHowLongTheWholeRecordingIs(seconds: Int) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "fairvoice-picture-\(UUID().uuidString).wav").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let samples = (0..<seconds * 4000).map { sin(Float($0 % 4000) / 4) / 4 }
        try Data(WAVWriter.bytes(samples, sampleRateHz: 4000)).write(to: URL(fileURLWithPath: path))
        let picture = try Analyser().picture(of: path, title: "a tone") { _ in nil }
        #expect(picture.contains(">\(seconds).00 s<"))
        #expect(picture.contains("a tone (the first 10 minutes)") == (seconds > 600))
        #expect(picture.contains("of the first 600.0 seconds of a recording of 660.0 seconds;") == (seconds > 600))
        #expect(picture.contains("of a recording of \(seconds).0 seconds;"))
    }
}
