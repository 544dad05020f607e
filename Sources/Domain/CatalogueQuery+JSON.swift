import JSON

extension CatalogueQuery {
    /// The filters by the names of the catalogue's parameters; what is any is left out.
    public var json: JSON {
        [
            "language": .ifPresent(language?.tag), "accent": .ifPresent(accent), "emotion": .ifPresent(emotion?.rawValue),
            "perceived_emotion": .ifPresent(perceivedEmotion?.rawValue), "register": .ifPresent(register?.rawValue),
            "setting": .ifPresent(setting?.rawValue), "elicitation": .ifPresent(elicitation?.rawValue),
            "gender": .ifPresent(gender?.rawValue), "age_band": .ifPresent(ageBand?.rawValue),
            "min_snr_db": .ifPresent(snrDecibelsMin),
            "min_agreement": .ifPresent(agreementMin.map { Double($0.thousandths) / 1000 }), "grade": .ifPresent(grade?.rawValue),
            "purpose": .ifPresent(purpose?.rawValue),
        ]
    }

    /// Reads what `json` writes, and what a client may send in its place.
    public init(reader: inout ObjectReader) {
        self.init()
        language = reader.optionalParsed("language", "must be a language tag such as de", Language.init)
        accent = reader.optionalString("accent", min: 1, max: 40)
        emotion = reader.optionalParsed("emotion", "is no emotion", Emotion.init(rawValue:))
        perceivedEmotion = reader.optionalParsed("perceived_emotion", "is no emotion", Emotion.init(rawValue:))
        register = reader.optionalParsed("register", "is no register", Register.init(rawValue:))
        setting = reader.optionalParsed("setting", "is no setting", Setting.init(rawValue:))
        elicitation = reader.optionalParsed("elicitation", "is no elicitation", Elicitation.init(rawValue:))
        gender = reader.optionalParsed("gender", "is no gender", Contributor.Gender.init(rawValue:))
        ageBand = reader.optionalParsed("age_band", "is no age band", Contributor.AgeBand.init(rawValue:))
        snrDecibelsMin = reader.optionalNumber("min_snr_db", in: -50...200)
        agreementMin = reader.optionalNumber("min_agreement", in: 0...1).map {
            Factor(thousandths: Int64(($0 * 1000).rounded()))
        }
        grade = reader.optionalParsed("grade", "is no grade that can be asked for") {
            Grade(rawValue: $0).flatMap { $0 == .rejected ? nil : $0 }
        }
        purpose = reader.optionalParsed("purpose", "is no purpose", Purpose.init(rawValue:))
    }
}
