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

    /// Whether speech of this cell can match the query as far as cells tell.
    public func admits(_ cell: Cell) -> Bool {
        func agree<Value: Equatable>(_ wanted: Value?, _ given: Value?) -> Bool {
            wanted == nil || given == nil || wanted == given
        }
        return agree(language, cell.language) && agree(accent, cell.accent) && agree(register, cell.register)
            && agree(setting, cell.setting) && agree(emotion, cell.emotion)
    }
}
