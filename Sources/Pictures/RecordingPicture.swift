import Acoustics
import Foundation

/// What was drawn of a recording, to be written as SVG.
public struct RecordingPicture: Sendable {
    let contours: SpeechContours
    let spectrogram: Spectrogram
    let waveform: Waveform

    private static let columnCountMax = Int(Panel.width)
    /// Decibels from the strongest level to the darkest colour.
    private static let depthDecibels = 70.0

    private static let wave = Panel(
        title: "Waveform", top: 64, height: 90, range: -1...1, ticks: [(-1, "−1"), (0, "0"), (1, "1")])
    private static let spectrum = Panel(
        title: "Spectrogram and formants (kHz)", top: 184, height: 240, range: 0...8000,
        ticks: [0, 2, 4, 6, 8].map { (Double($0) * 1000, "\($0)") })
    private static let pitch = Panel(
        title: "Pitch (Hz)", top: 454, height: 110,
        range: log2(SpeechContours.pitchRangeHz.lowerBound)...log2(SpeechContours.pitchRangeHz.upperBound),
        ticks: [55, 125, 250, 500, 1000].map { (log2(Double($0)), "\($0)") })
    private static let loudnessTop = 594.0
    private static let loudnessHeight = 80.0
    private static let axisTop = 674.0
    private static let listTop = 730.0
    private static let rowHeight = 20.0

    /// The document.
    ///
    /// - Parameters:
    ///   - title: what it is a picture of, such as a file's name.
    ///   - wholeSeconds: how long the recording is of which only the beginning was drawn; nil where all of it was.
    ///   - scores: what a model hears; empty without one.
    ///   - verdict: its label, such as "happiness (84 %)"; nil without a model.
    ///   - facts: measures of quality.
    public func svg(
        title: String, wholeSeconds: Double? = nil, scores: [RecordingDrawing.Score], verdict: String?,
        facts: [RecordingDrawing.Fact]
    ) -> String {
        let rowCount = max((scores.count + 1), (facts.count + 1) / 2)
        let height = Self.listTop + Double(rowCount) * Self.rowHeight + 12
        let body = [
            Self.wave.frame, wavePath, spectrumImage, Self.spectrum.frame, formantPaths, Self.pitch.frame, pitchPath, loudness,
            timeAxis, Self.list(scores, verdict), Self.list(facts),
        ]
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 \(SVGPath.number(height))" width="960" height="\(SVGPath.number(height))" role="img" aria-labelledby="title desc">
            <title id="title">\(Self.escaped(title))</title>
            <desc id="desc">\(Self.escaped(description(verdict, wholeSeconds)))</desc>
            <style>\(Self.style)</style>
            <rect class="paper" width="960" height="\(SVGPath.number(height))"/>
            <text class="heading" x="64" y="30">\(Self.escaped(title))</text>
            \(body.filter { !$0.isEmpty }.joined(separator: "\n"))
            </svg>

            """
    }

    private static let style = """
        .paper{fill:#fff}text{font:12px system-ui,sans-serif;fill:#222}.heading{font-size:16px;font-weight:600}.name{font-weight:600}\
        .number{text-anchor:end;font-size:11px}.time{text-anchor:middle;font-size:11px}.frame{fill:none;stroke:#888}\
        .tick{stroke:#888;fill:none}.wave{fill:#2b6cb0;stroke:#2b6cb0;stroke-width:.6}.line{fill:none;stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}\
        .pitch{stroke:#b0372b}.loud{stroke:#2f7d4f}.formant{fill:none;stroke-width:2;stroke-linecap:round}\
        .f1{stroke:#7ff5e0}.f2{stroke:#fff}.f3{stroke:#9fd0ff}.bar{fill:#2b6cb0}.rail{fill:#8884}.value{font-variant-numeric:tabular-nums}\
        @media(prefers-color-scheme:dark){.paper{fill:#16181d}text{fill:#e6e6e6}.wave{fill:#7db4ea;stroke:#7db4ea}.pitch{stroke:#ff8d7d}\
        .loud{stroke:#7fd6a3}.bar{fill:#7db4ea}}
        """

    private func description(_ verdict: String?, _ wholeSeconds: Double?) -> String {
        let voiced = contours.f0Hz.compactMap { $0 }.sorted()
        let pitch = voiced.isEmpty ? "no voice was found" : "the median pitch is \(Int(voiced[voiced.count / 2].rounded())) Hz"
        let drawn = String(format: "%.1f", contours.durationSeconds)
        let part = wholeSeconds.map { "the first \(drawn) seconds of a recording of \(String(format: "%.1f", $0)) seconds" }
        let heard = verdict.map { " A model hears \($0)." } ?? ""
        let what = part ?? "a recording of \(drawn) seconds"
        return "Waveform, spectrogram, formants, pitch and loudness of \(what); \(pitch).\(heard)"
    }

    // MARK: Panels

    private func x(_ seconds: Double) -> Double {
        Panel.left + Panel.width * min(1, max(0, seconds / max(SpeechContours.hopSeconds, contours.durationSeconds)))
    }

    private var wavePath: String {
        let ranges = Columns.ranges(frameCount: waveform.highs.count, columnCountMax: Self.columnCountMax)
        guard !ranges.isEmpty else { return "" }
        var path = SVGPath()
        let middles = ranges.map { x(Double($0.lowerBound + $0.upperBound) / 2 * SpeechContours.hopSeconds) }
        for (x, range) in zip(middles, ranges) { path.line(to: x, Self.wave.y(Double(waveform.highs[range].max()!))) }
        for (x, range) in zip(middles, ranges).reversed() { path.line(to: x, Self.wave.y(Double(waveform.lows[range].min()!))) }
        path.close()
        return #"<path class="wave" d="\#(path.data)"/>"#
    }

    private var spectrumImage: String {
        let rowCount = Spectrogram.rowCount
        let ranges = Columns.ranges(frameCount: spectrogram.columnCount, columnCountMax: Self.columnCountMax)
        guard let strongest = spectrogram.levels.max(), !ranges.isEmpty else { return "" }
        let depth = Self.depthDecibels / Spectrogram.stepDecibels
        var pixels = [UInt8](repeating: 0, count: ranges.count * rowCount)
        for (column, range) in ranges.enumerated() {
            for row in 0..<rowCount {
                let level = range.reduce(0 as UInt8) { max($0, spectrogram.levels[$1 * rowCount + row]) }
                let place = 1 - Double(strongest - level) / depth
                pixels[(rowCount - 1 - row) * ranges.count + column] = UInt8(max(0, place) * Double(HeatPalette.colourCount - 1))
            }
        }
        let png = IndexedPNG.bytes(width: ranges.count, height: rowCount, pixels: pixels, palette: HeatPalette.colours)
        let text = Data(png).base64EncodedString()
        let panel = Self.spectrum
        return
            #"<image x="\#(SVGPath.number(Panel.left))" y="\#(SVGPath.number(panel.top))" width="\#(SVGPath.number(Panel.width))" height="\#(SVGPath.number(panel.height))" preserveAspectRatio="none" href="data:image/png;base64,\#(text)"/>"#
    }

    private var formantPaths: String {
        contours.formantHz.enumerated().map { index, formant in
            var path = SVGPath()
            for (seconds, value) in points(formant, SpeechContours.voicedStartSeconds) {
                if let value { path.dot(x(seconds), Self.spectrum.y(Double(value))) }
            }
            return path.data.isEmpty ? "" : #"<path class="formant f\#(index + 1)" d="\#(path.data)"/>"#
        }.joined(separator: "\n")
    }

    private var pitchPath: String {
        var path = SVGPath()
        for (seconds, value) in points(contours.f0Hz, SpeechContours.voicedStartSeconds) {
            guard let value else {
                path.lift()
                continue
            }
            path.line(to: x(seconds), Self.pitch.y(log2(Double(value))))
        }
        return path.data.isEmpty ? "" : #"<path class="line pitch" d="\#(path.data)"/>"#
    }

    private var loudness: String {
        let highest = Double(contours.loudness.max() ?? 0)
        let step = Self.step(max(0.1, highest), wanted: 2)
        let top = max(step, (highest / step).rounded(.up) * step)
        let panel = Panel(
            title: "Loudness", top: Self.loudnessTop, height: Self.loudnessHeight, range: 0...top,
            ticks: stride(from: 0, through: top + step / 2, by: step).map { ($0, Self.plain($0)) })
        var path = SVGPath()
        for (seconds, value) in points(contours.loudness.map(Optional.some), SpeechContours.loudnessStartSeconds) {
            if let value { path.line(to: x(seconds), panel.y(Double(value))) }
        }
        return panel.frame + "\n" + #"<path class="line loud" d="\#(path.data)"/>"#
    }

    /// A contour as means over columns with their times.
    private func points(_ values: [Float?], _ start: Double) -> [(seconds: Double, value: Float?)] {
        let ranges = Columns.ranges(frameCount: values.count, columnCountMax: Self.columnCountMax)
        return zip(ranges, Columns.means(values, ranges)).map { range, value in
            (start + Double(range.lowerBound + range.upperBound - 1) / 2 * SpeechContours.hopSeconds, value)
        }
    }

    private var timeAxis: String {
        let step = Self.step(max(0.1, contours.durationSeconds), wanted: 8)
        let ticks = stride(from: 0, through: contours.durationSeconds, by: step).map { seconds in
            let x = SVGPath.number(x(seconds))
            return
                #"<path class="tick" d="M\#(x) \#(SVGPath.number(Self.axisTop))v4"/><text class="time" x="\#(x)" y="\#(SVGPath.number(Self.axisTop + 17))">\#(Self.plain(seconds))</text>"#
        }
        return ticks.joined(separator: "\n") + "\n"
            + #"<text class="time" x="\#(SVGPath.number(Panel.left + Panel.width / 2))" y="\#(SVGPath.number(Self.axisTop + 34))">seconds</text>"#
    }

    // MARK: Lists

    private static func list(_ scores: [RecordingDrawing.Score], _ verdict: String?) -> String {
        guard let verdict else { return "" }
        var parts = [#"<text class="name" x="64" y="\#(SVGPath.number(listTop))">A model hears \#(escaped(verdict))</text>"#]
        for (index, score) in scores.enumerated() {
            let y = listTop + Double(index + 1) * rowHeight
            parts.append(
                #"<text x="64" y="\#(SVGPath.number(y))">\#(escaped(score.label))</text>"#
                    + #"<rect class="rail" x="150" y="\#(SVGPath.number(y - 10))" width="180" height="11"/>"#
                    + #"<rect class="bar" x="150" y="\#(SVGPath.number(y - 10))" width="\#(SVGPath.number(180 * score.probability))" height="11"/>"#
                    + #"<text class="value" x="338" y="\#(SVGPath.number(y))">\#(Int((100 * score.probability).rounded())) %</text>"#
            )
        }
        return parts.joined(separator: "\n")
    }

    /// Two columns on the right.
    private static func list(_ facts: [RecordingDrawing.Fact]) -> String {
        let rowCount = (facts.count + 1) / 2
        return facts.enumerated().map { index, fact in
            let x = index < rowCount ? 420.0 : 670.0
            let y = SVGPath.number(listTop + Double(index % max(1, rowCount)) * rowHeight)
            return #"<text x="\#(SVGPath.number(x))" y="\#(y)">\#(escaped(fact.name))</text>"#
                + #"<text class="value" x="\#(SVGPath.number(x + 120))" y="\#(y)">\#(escaped(fact.value))</text>"#
        }.joined(separator: "\n")
    }

    /// 1, 2 or 5 times a power of ten, so that about so many of them make the length.
    private static func step(_ length: Double, wanted: Int) -> Double {
        let least = length / Double(wanted)
        let power = pow(10, log10(least).rounded(.down))
        return power * [1, 2, 5, 10].first { $0 * power >= least * 0.999 }!
    }

    private static func plain(_ value: Double) -> String {
        let text = String(format: "%.2f", value)
        return text.hasSuffix(".00") ? String(text.dropLast(3)) : text.hasSuffix("0") ? String(text.dropLast()) : text
    }

    static func escaped(_ text: String) -> String {
        // Control characters have no place in XML 1.0.
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0xFFFE || $0.value == 0xFFFF ? "\u{FFFD}" : $0 })
        )
        .replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
