/// What a contributor's record earns in one language.
public enum Tier: String, CaseIterable, Sendable {
    case novice, skilled, expert

    /// The one above; nil at the top.
    public var next: Tier? {
        switch self {
        case .novice: .skilled
        case .skilled: .expert
        case .expert: nil
        }
    }
}
