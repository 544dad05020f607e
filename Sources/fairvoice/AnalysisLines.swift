import Acoustics
import Analysis
import AudioFiles
import Emotion
import JSON

/// Results as JSON lines; a failure is a line too.
struct AnalysisLines: AnalysisForm {
    let scorer: EmotionModel?

    func text(of file: FileName) throws(AudioFileError) -> AnalysisText {
        let result = try file.withPath { path throws(AudioFileError) in try Analyser().analyse(path: path) }
        var object: JSONObject = ["file": .string(file.shown)]
        object["duration_seconds"] = .number(result.quality.durationSeconds)
        object["sample_rate_hz"] = .count(result.quality.sampleRateHz)
        object["features"] = result.namedFeatures
        object["quality"] = result.measurements
        object["emotion"] = scorer?.score(result.features).json
        return AnalysisText(line: JSON.object(object).description)
    }

    func failure(of file: FileName, _ error: AudioFileError) -> AnalysisText {
        let object: JSONObject = [
            "file": .string(file.shown), "error": ["code": .string(error.reasonCode), "sentence": .string(error.sentence)],
        ]
        return AnalysisText(line: JSON.object(object).description, isFailure: true)
    }
}
