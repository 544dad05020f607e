/// How long a licence lasts.
public enum Term: String, CaseIterable, Sendable {
    case oneYear = "1-year"
    case threeYears = "3-years"
    case perpetual

    /// When a licence that begins now ends; nil for a perpetual one.
    public func end(from start: Timestamp) -> Timestamp? {
        switch self {
        case .oneYear: start.adding(days: 365)
        case .threeYears: start.adding(days: 3 * 365)
        case .perpetual: nil
        }
    }
}
