/// What the measured quality of a recording earns.
public enum Grade: String, CaseIterable, Comparable, Sendable {
    case a = "A"
    case b = "B"
    case c = "C"
    case rejected

    /// A is the greatest.
    public static func < (one: Grade, other: Grade) -> Bool { one.rank < other.rank }

    private var rank: Int {
        switch self {
        case .a: 3
        case .b: 2
        case .c: 1
        case .rejected: 0
        }
    }
}
