/// What a buyer looks for: every filter narrows, nil is any.
public struct CatalogueQuery: Hashable, Sendable {
    public var language: Language?
    public var accent: String?
    public var emotion: Emotion?
    public var perceivedEmotion: Emotion?
    public var register: Register?
    public var setting: Setting?
    public var elicitation: Elicitation?
    public var gender: Contributor.Gender?
    public var ageBand: Contributor.AgeBand?
    public var snrDecibelsMin: Double?
    /// The worst grade that is still wanted.
    public var grade: Grade?
    /// Only recordings whose contributors grant this purpose now.
    public var purpose: Purpose?

    public init() {}
}
