import Emotion
import Market

extension ModelSummary {
    /// Reads a model's file; one that can't be read, or that was fitted on features that this program does not measure, has a fault.
    public init(file: [UInt8]) {
        do throws(ModelFileError) {
            let model = try EmotionModel(bytes: file)
            let content = Content(
                featureSet: model.featureSet, featureSetVersion: Int64(model.featureSetVersion),
                corpora: model.corpora.map(\.name), unweightedAverageRecall: model.evaluation.unweightedAverageRecall)
            do { try model.requireMeasured() } catch {
                self.init(content, fault: "\(error)")
                return
            }
            self.init(content)
        } catch {
            self.init(unreadable: "\(error)")
        }
    }
}

extension ModelSummaries {
    /// Of models as this program reads them and scores with them.
    public convenience init() { self.init(read: ModelSummary.init(file:)) }
}
