import Domain

extension CatalogueQuery {
    /// Mostly few filters, now and then all.
    static func random(using chance: inout some RandomNumberGenerator) -> CatalogueQuery {
        let odds = [2, 4, 8, 16].randomElement(using: &chance)!
        func some<Value>(_ values: [Value]) -> Value? {
            Int.random(in: 0..<odds, using: &chance) == 0 ? values.randomElement(using: &chance) : nil
        }
        var query = CatalogueQuery()
        query.language = some([Language("de")!, Language("en")!, Language("pl")!])
        query.accent = some(["north", "west"])
        query.emotion = some(Emotion.allCases)
        query.perceivedEmotion = some([.anger, .fear])
        query.register = some(Register.allCases)
        query.setting = some(Setting.allCases)
        query.elicitation = some(Elicitation.allCases)
        query.gender = some(Contributor.Gender.allCases)
        query.ageBand = some(Contributor.AgeBand.allCases)
        query.snrDecibelsMin = some([-50, 10, 20.25, 100])
        query.agreementMin = some([Factor(thousandths: 0), Factor(thousandths: 667)])
        query.grade = some([.a, .b, .c])
        query.purpose = some(Purpose.allCases)
        return query
    }
}
