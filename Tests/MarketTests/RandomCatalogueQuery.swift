import Domain

extension CatalogueQuery {
    /// One filter, or two.
    static func random(using chance: inout some RandomNumberGenerator) -> CatalogueQuery {
        var query = CatalogueQuery()
        for _ in 0..<Int.random(in: 1...2, using: &chance) {
            switch Int.random(in: 0..<8, using: &chance) {
            case 0: query.language = Language("de")
            case 1: query.perceivedEmotion = [.anger, .fear].randomElement(using: &chance)
            case 2: query.elicitation = Elicitation.allCases.randomElement(using: &chance)
            case 3: query.gender = Contributor.Gender.allCases.randomElement(using: &chance)
            case 4: query.snrDecibelsMin = [-50, 20, 40].randomElement(using: &chance)
            case 5: query.agreementMin = [.one, Factor(thousandths: 500)].randomElement(using: &chance)
            case 6: query.grade = [.a, .b, .c].randomElement(using: &chance)
            default: query.purpose = Purpose.allCases.randomElement(using: &chance)
            }
        }
        return query
    }
}
