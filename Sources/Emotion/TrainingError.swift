/// Why no model can be fitted.
public enum TrainingError: Error, Equatable, Sendable, CustomStringConvertible {
    /// So many labels have examples, and two are needed.
    case tooFewLabels(Int)
    /// So many speakers have examples, and three are needed.
    case tooFewSpeakers(Int)
    /// All examples of the label come from one speaker: who holds that speaker out has none.
    case labelOfOneSpeaker(String)
    /// A label that means something else, or nothing.
    case reservedLabel(String)
    /// A vector is not as long as the feature set.
    case wrongLength(expected: Int, found: Int)
    /// The speaker is in the training data and in the test data.
    case speakerOnBothSides(String)
    /// Two examples are of the same file, and so many more besides: whoever hears the one knows the other.
    case sameFile(String, String, moreCount: Int)
    /// No example has a value to learn from.
    case nothingMeasured

    /// One line that says what is wrong.
    public var description: String {
        switch self {
        case .tooFewLabels(let count): "the data has \(count) label(s); at least two are needed"
        case .tooFewSpeakers(let count):
            "the data has \(count) speaker(s); at least three are needed, so that some can be held out twice over"
        case .labelOfOneSpeaker(let label):
            "all examples of \(label) come from one speaker; add some of another, or leave the label out"
        case .reservedLabel(let label): "\"\(label)\" can't be a label"
        case .wrongLength(let expected, let found): "a vector has \(found) values instead of \(expected)"
        case .speakerOnBothSides(let speaker):
            "\(speaker) is in the training data and in the test data; a fair test needs other speakers"
        case .sameFile(let one, let other, let moreCount):
            "\(one) and \(other) are the same recording" + (moreCount > 0 ? ", and \(moreCount) more are given again" : "")
                + "; give each once"
        case .nothingMeasured: "no example has a measured value"
        }
    }
}
