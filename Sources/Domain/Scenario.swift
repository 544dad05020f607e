/// What to say or act.
public struct Scenario: Identified, Hashable, Sendable {
    public static let idPrefix = "scn"

    public var id: ID<Scenario>
    public var title: String
    /// The script, question or situation.
    public var prompt: String
    public var language: Language
    public var accent: String?
    public var register: Register
    public var setting: Setting
    public var elicitation: Elicitation
    public var emotion: Emotion
    public var suggestedSeconds: Int64
    /// What may upset, told beforehand.
    public var contentNote: String?
    public var createdAt: Timestamp

    public init(
        id: ID<Scenario>, title: String, prompt: String, language: Language, accent: String?, register: Register,
        setting: Setting, elicitation: Elicitation, emotion: Emotion, suggestedSeconds: Int64, contentNote: String?,
        createdAt: Timestamp
    ) {
        self.id = id
        self.title = title
        self.prompt = prompt
        self.language = language
        self.accent = accent
        self.register = register
        self.setting = setting
        self.elicitation = elicitation
        self.emotion = emotion
        self.suggestedSeconds = suggestedSeconds
        self.contentNote = contentNote
        self.createdAt = createdAt
    }

    public var cell: Cell {
        Cell(language: language, accent: accent, register: register, setting: setting, emotion: emotion)
    }
}
