import Emotion
import JSON
import Pictures

/// What a model hears, as a picture shows it.
public struct HeardEmotion: Sendable {
    let scores: [RecordingDrawing.Score]
    let verdict: String

    /// A score that was just made.
    public init(_ score: EmotionScore) { self.init(json: score.json)! }

    /// A score that was kept (`EmotionScore.json`); nil where it is none.
    public init?(json: JSON) {
        guard let label = json["label"]?.asString, let confidence = json["confidence"]?.asNumber,
            let distribution = json["distribution"]?.asObject
        else { return nil }
        let doubt = json["unknown_because"]?.asString.flatMap(Doubt.init(rawValue:))
        if let doubt, doubt.isOfRecording {
            scores = []
            verdict = "nothing that it can name: \(doubt.reason)"
            return
        }
        scores = distribution.compactMap { member in
            member.value.asNumber.map { RecordingDrawing.Score(label: member.key, probability: $0) }
        }
        verdict = "\(label) (\(Int((100 * confidence).rounded())) %)"
    }
}
