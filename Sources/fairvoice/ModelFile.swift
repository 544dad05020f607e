import Analysis
import Emotion

/// A model's file that was read, and that scores the features measured here.
struct ModelFile {
    let bytes: [UInt8]
    let model: EmotionModel

    /// - Parameter option: what a refusal names.
    static func read(_ path: String, option: String) throws -> ModelFile {
        let bytes = try Input.file(path)
        do throws(ModelFileError) {
            let model = try EmotionModel(bytes: bytes)
            try model.requireMeasured()
            return ModelFile(bytes: bytes, model: model)
        } catch { throw BadInput("\(option): \(path): \(error)") }
    }
}
