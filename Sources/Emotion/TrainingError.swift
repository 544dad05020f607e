/// Why no model can be fitted.
public enum TrainingError: Error, Equatable, Sendable, CustomStringConvertible {
    case tooFewLabels(Int)
    case tooFewSpeakers(Int)
    case wrongLength(expected: Int, found: Int)

    public var description: String {
        switch self {
        case .tooFewLabels(let count): "the data has \(count) label; at least two are needed"
        case .tooFewSpeakers(let count): "the data has \(count) speaker; at least three are needed, or nothing can be held out"
        case .wrongLength(let expected, let found): "a vector has \(found) values instead of \(expected)"
        }
    }
}
