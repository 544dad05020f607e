import Analysis
import AudioFiles
import Emotion
import Foundation

/// A picture of a file on standard output, or in a folder.
struct AnalysisPicture: AnalysisForm {
    let scorer: EmotionModel?
    /// Where pictures go, under the file's name and .svg; nil for standard output.
    let folder: String?

    func text(of file: String) throws(AudioFileError) -> AnalysisText {
        let name = URL(fileURLWithPath: file).lastPathComponent
        let picture = try Analyser().picture(of: file, title: name) { features in
            scorer.map { HeardEmotion($0.score(features)) }
        }
        guard let folder else { return AnalysisText(line: picture) }
        let path = URL(fileURLWithPath: folder).appending(path: name + ".svg").path
        do { try Data(picture.utf8).write(to: URL(fileURLWithPath: path), options: .atomic) } catch {
            return .complaint("\(path): can't be written: \(error.localizedDescription)")
        }
        return AnalysisText()
    }
}
