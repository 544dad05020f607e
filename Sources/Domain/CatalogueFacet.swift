/// What the catalogue can be counted by.
public enum CatalogueFacet: String, CaseIterable, Sendable {
    case language, accent, register, setting, elicitation, emotion, perceivedEmotion = "perceived_emotion", grade, gender
    case ageBand = "age_band"
}
