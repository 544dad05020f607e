/// A kind of speech as the model sees it; an empty text stands for any.
struct Cell: Hashable {
    var language: String
    var accent = ""
    var register = ""
    var setting = ""
    var emotion = ""

    func covers(_ other: Cell) -> Bool {
        language == other.language && (accent.isEmpty || accent == other.accent)
            && (register.isEmpty || register == other.register) && (setting.isEmpty || setting == other.setting)
            && (emotion.isEmpty || emotion == other.emotion)
    }
}

/// What a data set asks for.
struct Query {
    var cell: Cell
    var purpose: String?
    /// The worst grade that is wanted.
    var grade: String?
    var snrMin: Double?

    func matches(_ found: Cell, _ recording: Model.Recording) -> Bool {
        cell.covers(found) && recording.grade <= (grade ?? "C") && recording.snr >= (snrMin ?? -1000)
    }
}
