import Analysis
import AudioFiles
import Emotion
import Foundation
import Synchronization

/// A picture of a file on standard output, or in a folder.
final class AnalysisPicture: AnalysisForm {
    private let scorer: EmotionModel?
    /// Where pictures go, under the file's name and .svg; nil for standard output.
    private let folder: String?
    /// Which file each picture is of: none is written over by another's.
    private let owners = Mutex<[String: String]>([:])

    init(scorer: EmotionModel?, folder: String?) {
        self.scorer = scorer
        self.folder = folder
    }

    /// - Throws: `BadInput` where two files would have the same picture.
    static func requireDistinct(_ files: [String], folder: String) throws {
        var owners: [String: String] = [:]
        for file in files.map(FileName.init) {
            guard let owner = owners.updateValue(file.shown, forKey: name(of: file)) else { continue }
            throw BadInput(
                "--svg-to \(folder): the pictures of \(owner) and \(file.shown) would both be \(name(of: file)); "
                    + "write them into two folders")
        }
    }

    func text(of file: FileName) throws(AudioFileError) -> AnalysisText {
        guard let folder else { return AnalysisText(line: try picture(of: file)) }
        let name = Self.name(of: file)
        if let owner = owners.withLock({ $0.updateValue(file.shown, forKey: name) }) {
            return .complaint("\(file.shown): its picture \(name) would replace that of \(owner); write it into another folder")
        }
        let path = URL(fileURLWithPath: folder).appending(path: name).path
        let picture = try picture(of: file)
        do { try Data(picture.utf8).write(to: URL(fileURLWithPath: path), options: .atomic) } catch {
            return .complaint("\(path): can't be written: \(error.localizedDescription)")
        }
        return AnalysisText()
    }

    private static func name(of file: FileName) -> String { title(of: file) + ".svg" }

    private static func title(of file: FileName) -> String {
        file.shown.split(separator: "/").last.map(String.init) ?? file.shown
    }

    private func picture(of file: FileName) throws(AudioFileError) -> String {
        try file.withPath { path throws(AudioFileError) in
            try Analyser().picture(of: path, title: Self.title(of: file)) { features in
                scorer.map { HeardEmotion($0.score(features)) }
            }
        }
    }
}
