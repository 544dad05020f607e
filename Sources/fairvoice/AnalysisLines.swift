import Acoustics
import Analysis
import AudioFiles
import Emotion
import JSON

/// Results as JSON lines; a failure is a line too.
struct AnalysisLines: AnalysisForm {
    var header: String? { nil }

    func line(file: String, _ result: Analyser.Result, emotion: EmotionScore?) -> String {
        var object: JSONObject = ["file": .string(file)]
        object["duration_seconds"] = .number(result.quality.durationSeconds)
        object["sample_rate_hz"] = .count(result.quality.sampleRateHz)
        object["features"] = result.namedFeatures
        object["quality"] = result.measurements
        object["emotion"] = emotion?.json
        return JSON.object(object).description
    }

    func failure(file: String, _ error: AudioFileError) -> AnalysisText {
        let object: JSONObject = [
            "file": .string(file), "error": ["code": .string(error.reasonCode), "sentence": .string(error.sentence)],
        ]
        return AnalysisText(line: JSON.object(object).description)
    }
}
