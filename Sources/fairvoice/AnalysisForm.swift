import Analysis
import AudioFiles
import Emotion

/// How results are written.
protocol AnalysisForm: Sendable {
    /// What stands before all results.
    var header: String? { get }
    /// The line of a file that was measured.
    func line(file: String, _ result: Analyser.Result, emotion: EmotionScore?) -> String
    /// What is said of a file that could not be measured.
    func failure(file: String, _ error: AudioFileError) -> AnalysisText
}

/// A line and where it goes.
struct AnalysisText: Sendable {
    let line: String
    var isError = false
}
