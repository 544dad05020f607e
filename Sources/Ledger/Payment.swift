import Domain

/// How a buyer pays.
public typealias Payment = LicencePayment

extension LicencePayment {
    func account(of buyer: String) -> AccountPath {
        switch self {
        case .prepaid: .prepaid(buyer: buyer)
        case .receivable: .receivable(buyer: buyer)
        }
    }
}
