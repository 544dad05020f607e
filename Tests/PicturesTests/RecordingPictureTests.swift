import Acoustics
import Foundation
import Pictures
import SyntheticVoice
import TestSupport
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite struct RecordingPictureTests {
    private func svg(_ samples: [Float], title: String = "a.wav", blockCount: Int = 1, verdict: String? = nil) -> String {
        var drawing = RecordingDrawing()
        let size = max(1, samples.count / blockCount)
        for start in stride(from: 0, to: samples.count, by: size) {
            drawing.append(Array(samples[start..<min(samples.count, start + size)]))
        }
        return drawing.finish().picture.svg(
            title: title, scores: [.init(label: "anger", probability: 0.75), .init(label: "fear", probability: 0.25)],
            verdict: verdict, facts: [.init(name: "Loudness", value: "-23.0 LUFS")])
    }

    /// The places of a path of the class.
    private func points(_ svg: String, _ name: String) throws -> [(x: Double, y: Double)] {
        let start = try #require(svg.range(of: "class=\"\(name)\" d=\"")?.upperBound)
        let data = svg[start...].prefix { $0 != "\"" }
        return data.split { "MLZ".contains($0) }.compactMap { part in
            let numbers = part.replacing("h0", with: "").split(separator: " ").compactMap { Double($0) }
            return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
        }
    }

    /// Where a pitch lies on the logarithmic axis from 55 to 1000 Hz.
    private func pitchY(_ hz: Double) -> Double { 454 + 110 * log(1000 / hz) / log(1000.0 / 55) }

    @Test(arguments: [60.0, 880, 950, 990]) func `the whole range in which pitch is found is drawn`(hz: Double) throws {
        let text = svg((0..<16_000).map { Float(0.5 * sin(2 * .pi * hz * Double($0) / 16_000)) })
        let pitch = try points(text, "line pitch")
        #expect(pitch.count > 80 && pitch.allSatisfy { abs($0.y - pitchY(hz)) < 0.3 })
        #expect(text.contains("the median pitch is \(Int(hz)) Hz"))
        for end in ["55", "1000"] { #expect(text.contains(">\(end)</text>")) }
    }

    @Test func `what is drawn of a longer recording is said`() {
        var drawing = RecordingDrawing()
        drawing.append([Float](repeating: 0, count: 16_000))
        let picture = drawing.finish().picture
        #expect(
            picture.svg(title: "a", wholeSeconds: 1.5, scores: [], verdict: nil, facts: []).contains(
                "of the first 1.0 seconds of a recording of 1.5 seconds;"))
        #expect(picture.svg(title: "a", scores: [], verdict: nil, facts: []).contains("of a recording of 1.0 seconds;"))
    }

    @Test func `a vowel's pitch and formants are where they are`() throws {
        let vowel = Voice(f0Hz: 220, jitterPercent: 0, shimmerDecibels: 0, seed: 4).vowel(durationSeconds: 2)
        let text = svg(vowel.samples)
        let pitch = try points(text, "line pitch")
        #expect(pitch.count > 150)
        #expect(pitch.allSatisfy { abs($0.y - pitchY(220)) < 1 })
        #expect(pitch.first!.x < 90 && pitch.last!.x > 870)
        for index in 0..<3 {
            let dots = try points(text, "formant f\(index + 1)")
            let middle = dots.map(\.y).sorted()[dots.count / 2]
            let truth = vowel.voice.formants[index].hz
            #expect(abs(middle - (184 + 240 * (1 - truth / 8000))) < 4)
        }
    }

    @Test(arguments: ["plain.wav", "a<b>&\"c\".wav", "line\u{1}feed\n.wav", "日本語.flac"])
    func `it is well formed whatever the file is called`(title: String) throws {
        let speech = Utterance(speaker: Speaker(sex: .male, ageYears: 40, seed: 2), durationSeconds: 2).samples()
        let text = svg(speech, title: title, verdict: "anger (75 %)")
        let parser = XMLParser(data: Data(text.utf8))
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        #expect(!text.contains("<script") && !text.contains("href=\"http"))
        #expect(text.contains("A model hears anger (75 %)") && text.contains("-23.0 LUFS"))
        #expect(text.utf8.count < 300_000)
    }

    @Test func `blocks of any size give the same picture`() {
        let speech = Utterance(speaker: Speaker(sex: .female, ageYears: 30, seed: 5), durationSeconds: 3).samples()
        let whole = svg(speech)
        for count in [2, 7, 100, 1000] { #expect(svg(speech, blockCount: count) == whole) }
    }

    @Test func `nothing, silence and what is no number are drawn too`() {
        for samples in [[], [0], [Float](repeating: 0, count: 16_000), [Float](repeating: .nan, count: 5_000)] {
            let text = svg(samples)
            #expect(XMLParser(data: Data(text.utf8)).parse())
            #expect(!text.contains("nan") && !text.contains("inf"))
        }
    }

    @Test func `a long recording takes no more space than a short one`() {
        let speech = Utterance(speaker: Speaker(sex: .female, ageYears: 30, seed: 5), durationSeconds: 60).samples()
        #expect(svg(speech).utf8.count < 300_000)
    }

    @Test func `a tone is where it is in the spectrogram`() {
        var spectrogram = Spectrogram()
        spectrogram.append((0..<16_000).map { Float(sin(2 * .pi * 1000 * Double($0) / 16_000)) })
        spectrogram.finish()
        #expect(spectrogram.columnCount == 99)
        for column in 0..<spectrogram.columnCount {
            let rows = spectrogram.levels[column * Spectrogram.rowCount..<(column + 1) * Spectrogram.rowCount]
            let strongest = rows.max()!
            #expect((15...16).contains(rows.firstIndex(of: strongest)! - rows.startIndex))
        }
    }
}
