import Domain

/// Plain-text journals that other people's programs check: the same books give the same bytes.
public enum JournalFormat: String, CaseIterable, Sendable {
    /// For `hledger check -s`; `ledger --strict` reads it too.
    case hledger
    /// For `bean-check`.
    case beancount

    /// The declarations that come first: every commodity and account that the entries use.
    public func header(accounts: [Account]) -> String {
        switch self {
        case .hledger: HledgerJournal.header(accounts)
        case .beancount: BeancountJournal.header(accounts)
        }
    }

    /// One transaction with an empty line before it.
    public func entry(_ transaction: Transaction) -> String {
        switch self {
        case .hledger: HledgerJournal.entry(transaction)
        case .beancount: BeancountJournal.entry(transaction)
        }
    }

    /// Texts in a fixed order, whatever dictionary or set they came from.
    static func ordered(_ texts: some Sequence<String>) -> [String] { Set(texts).sorted() }
}
