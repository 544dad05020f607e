import Domain

/// An account: one place of the chart in one currency.
public struct Account: Hashable, Sendable, CustomStringConvertible {
    public let path: AccountPath
    public let currency: Currency

    public init(_ path: AccountPath, _ currency: Currency) {
        self.path = path
        self.currency = currency
    }

    /// Reads a path such as "liabilities:acquisition-fund" strictly; nil for anything outside the chart.
    public init?(path: String, currency: Currency) {
        guard let path = AccountPath(path) else { return nil }
        self.init(path, currency)
    }

    /// Whether the balance may never become a debit.
    public var hasFloor: Bool { path.hasFloor }

    public var description: String { "\(path.text) \(currency.code)" }
}
