import Acoustics
import Analysis
import AudioFiles
import Emotion
import JSON

/// Results as a table of comma-separated values (RFC 4180): the file, the 88 features in their order, the quality measurements, and
/// with a model its label and confidence. What could not be measured is an empty field.
struct AnalysisTable: AnalysisForm {
    let scorer: EmotionModel?

    var header: String? {
        let names = ["file"] + FeatureSet.names + Analyser.Result.measurementNames
        return row(names + (scorer != nil ? ["emotion_label", "emotion_confidence"] : []))
    }

    func text(of file: FileName) throws(AudioFileError) -> AnalysisText {
        let result = try file.withPath { path throws(AudioFileError) in try Analyser().analyse(path: path) }
        let features = result.namedFeatures
        let quality = result.measurements
        var fields = [file.shown]
        fields += FeatureSet.names.map { field(features[$0]) }
        fields += Analyser.Result.measurementNames.map { field(quality[$0]) }
        if let emotion = scorer?.score(result.features) {
            fields += [emotion.label, JSON.number(emotion.confidence).description]
        }
        return AnalysisText(line: row(fields))
    }

    private func field(_ value: JSON?) -> String {
        switch value {
        case nil, .null: ""
        case .string(let text): text
        case .some(let value): value.description
        }
    }

    /// A row without its end, which the writer of lines adds: the carriage return is part of RFC 4180's line break.
    private func row(_ fields: [String]) -> String { fields.map(quoted).joined(separator: ",") + "\r" }

    private func quoted(_ field: String) -> String {
        // By scalars: to Swift a carriage return and a line feed are one character.
        guard field.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return field }
        return "\"\(field.replacing("\"", with: "\"\""))\""
    }
}
