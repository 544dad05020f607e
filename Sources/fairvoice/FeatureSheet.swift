import Acoustics
import Analysis
import Emotion
import JSON

/// Measurements as comma-separated values (RFC 4180, lines ended by a line feed): the file, the 88 features in the standard order, then all of
/// quality, then the score. What is not measurable is empty.
struct FeatureSheet: Sendable {
    let hasScores: Bool

    /// As in `quality` of the JSON lines.
    private static let measures = [
        "duration_seconds", "sample_rate_hz", "samples", "format", "channels", "truncated", "snr_db", "loudness_lufs",
        "true_peak_db",
        "clipped_share", "clipped_runs", "speech_share", "leading_silence_seconds", "trailing_silence_seconds",
        "longest_pause_seconds", "noise_floor_db", "bandwidth_hz", "brick_wall_hz", "dc_offset", "hum_db", "digital_zero_share",
        "dropouts",
    ]

    var header: String {
        Self.line(["file"] + FeatureSet.names + Self.measures + (hasScores ? ["emotion", "confidence"] : []))
    }

    func row(_ file: String, _ result: Analyser.Result, _ score: EmotionScore?) -> String {
        let features = result.features.standard.values.map { $0.map { "\($0)" } ?? "" }
        let measurements = result.measurements
        let quality = Self.measures.map { Self.cell(measurements[$0] ?? .null) }
        let scores = hasScores ? [score?.label ?? "", score.map { "\($0.confidence)" } ?? ""] : []
        return Self.line([file] + features + quality + scores)
    }

    private static func cell(_ value: JSON) -> String {
        value == .null ? "" : value.asString ?? value.description
    }

    private static func line(_ cells: [String]) -> String {
        cells.map { cell in
            cell.contains { ",\"\r\n".contains($0) } ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
        }.joined(separator: ",")
    }
}
