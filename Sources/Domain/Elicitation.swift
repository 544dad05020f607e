/// How the speech comes about.
public enum Elicitation: String, CaseIterable, Sendable {
    case scripted, acted, elicited, spontaneous
}
