/// Why the answer is "unknown".
public enum Doubt: String, Sendable, CaseIterable {
    /// Too few of the features could be measured.
    case littleMeasured = "little-measured"
    /// Hardly anything in it has a voice: noise, breath, whispering, silence.
    case littleVoiced = "little-voiced"
    /// It lies farther from the training data than speech does: tones, music, machines, a voice that was altered.
    case unlikeTraining = "unlike-training-data"
    /// It is speech, but no label is likely enough.
    case noLabelLikely = "no-label-likely"

    /// Whether it is about the recording, so that probabilities of labels would say nothing.
    public var isOfRecording: Bool { self != .noLabelLikely }

    /// The reason as half of a sentence.
    public var reason: String {
        switch self {
        case .littleMeasured: "too little of it can be measured"
        case .littleVoiced: "hardly anything in it is voiced"
        case .unlikeTraining: "it is unlike the speech that the model was fitted on"
        case .noLabelLikely: "no label is likely enough"
        }
    }
}
