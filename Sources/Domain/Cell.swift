/// A kind of speech that the marketplace prices and wants hours of.
public struct Cell: Hashable, Sendable {
    public var language: Language
    /// Free text such as "bavarian"; nil for any accent.
    public var accent: String?
    public var register: Register?
    public var setting: Setting?
    public var emotion: Emotion?

    public init(
        language: Language, accent: String? = nil, register: Register? = nil, setting: Setting? = nil,
        emotion: Emotion? = nil
    ) {
        self.language = language
        self.accent = accent
        self.register = register
        self.setting = setting
        self.emotion = emotion
    }

    /// Whether speech of the other, more particular, cell counts towards this one. What is nil here stands for any.
    public func covers(_ other: Cell) -> Bool {
        language == other.language && (accent == nil || accent == other.accent)
            && (register == nil || register == other.register) && (setting == nil || setting == other.setting)
            && (emotion == nil || emotion == other.emotion)
    }
}
