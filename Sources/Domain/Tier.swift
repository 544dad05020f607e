/// What a contributor's record earns in one language.
public enum Tier: String, CaseIterable, Sendable {
    case novice, skilled, expert
}
