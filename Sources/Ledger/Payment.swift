/// How a buyer pays.
public enum Payment: String, Sendable {
    /// From funds deposited before.
    case prepaid
    /// Later, by an admin's leave.
    case receivable

    func account(of buyer: String) -> AccountPath {
        switch self {
        case .prepaid: .prepaid(buyer: buyer)
        case .receivable: .receivable(buyer: buyer)
        }
    }
}
