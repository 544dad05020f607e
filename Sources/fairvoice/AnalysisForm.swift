import Analysis
import AudioFiles

/// What is made of each file, and how it is written.
protocol AnalysisForm: Sendable {
    /// What stands before all results.
    var header: String? { get }
    /// What is said of a file.
    func text(of file: FileName) throws(AudioFileError) -> AnalysisText
    /// What is said of a file that could not be measured.
    func failure(of file: FileName, _ error: AudioFileError) -> AnalysisText
}

extension AnalysisForm {
    var header: String? { nil }

    func failure(of file: FileName, _ error: AudioFileError) -> AnalysisText { .complaint("\(file.shown): \(error.sentence)") }
}

/// What is printed of a file.
struct AnalysisText: Sendable {
    /// Nil where there is nothing to say.
    var line: String?
    /// Whether it goes to standard error.
    var isComplaint = false
    /// Whether the file failed.
    var isFailure = false

    /// A failure that standard error tells.
    static func complaint(_ sentence: String) -> AnalysisText {
        AnalysisText(line: "fairvoice: \(sentence)", isComplaint: true, isFailure: true)
    }
}
