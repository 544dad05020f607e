/// Why a file is no model, or not one for these features.
public enum ModelFileError: Error, Equatable, Sendable, CustomStringConvertible {
    /// No JSON text, or a member is missing, of another kind or out of bounds.
    case malformed(String)
    /// Another format, or a version that this program does not know.
    case otherFormat(String)
    /// Its parts are well-formed, but not those that were written.
    case damaged
    /// Fitted on other features than those that are measured here.
    case otherFeatures(model: String, measured: String)

    /// One line that says what is wrong.
    public var description: String {
        switch self {
        case .malformed(let detail): "the model file is damaged: \(detail)"
        case .otherFormat(let found):
            "the file is \(found), but \(EmotionModel.readFormats) are read here; update the program, or train it anew"
        case .damaged: "the model file is damaged: its content does not match its check sum"
        case .otherFeatures(let model, let measured):
            "the model was fitted on \(model), but \(measured) is measured here; train it anew"
        }
    }
}
