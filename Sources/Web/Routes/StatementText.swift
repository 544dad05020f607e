import Domain
import HTTP
import JSON
import Ledger
import Market
import Storage
import Synchronization

/// A statement as text that is made while it is sent, so that memory stays small however long it is. What is posted
/// meanwhile is left out: the statement ends at the transaction that was the last one when it began.
final class StatementText: ContentSequence {
    /// The forms beside JSON.
    enum Form: String, CaseIterable {
        case csv, beancount, hledger

        var mediaType: String {
            switch self {
            case .csv: "text/csv"
            case .beancount: "text/x-beancount"
            case .hledger: "text/x-hledger"
            }
        }
    }

    private static let pageLength = 500

    private struct State {
        var hasBegun = false
        var hasEnded = false
        var last: OwnMovement?
        var journal: OwnJournal
        var balance: Int64
    }

    private let market: Marketplace
    private let owner: OwnBooks
    private let form: Form
    private let currency: Currency
    private let stretch: Books.Stretch
    private let jurisdictions: [String]
    // Called one at a time; the lock is for the compiler.
    private let state: Mutex<State>

    init(of owner: OwnBooks, as form: Form, from: Timestamp?, to: Timestamp?, _ market: Marketplace) throws {
        self.market = market
        self.owner = owner
        self.form = form
        let now = market.now
        let (currency, stretch, opening, first, taxes) = try market.store.read { db in
            let books = Books(db)
            let currency = try market.currentRateCard(in: db).card.currency
            let stretch = Books.Stretch(from: from, to: to, through: try books.transactionCount())
            let first = try books.movements(of: owner, currency, in: stretch, limit: 1).rows.first?.occurredAt
            return (
                currency, stretch, try books.opening(of: owner, currency, before: stretch), first, try books.taxJurisdictions()
            )
        }
        self.currency = currency
        self.stretch = stretch
        jurisdictions = taxes
        let journal = OwnJournal(
            of: owner, form == .beancount ? .beancount : .hledger, currency, opening: opening, from: (from ?? first ?? now).date)
        state = Mutex(State(journal: journal, balance: -(opening[owner.accounts[0]] ?? 0)))
    }

    func next() throws -> [UInt8]? {
        try state.withLock { state in
            var text = state.hasBegun ? "" : head(state.journal)
            state.hasBegun = true
            while text.isEmpty, !state.hasEnded { text += try page(&state) }
            return text.isEmpty ? nil : Array(text.utf8)
        }
    }

    private func page(_ state: inout State) throws -> String {
        let page = try market.store.read { db in
            try Books(db).movements(of: owner, currency, in: stretch, after: state.last, limit: Self.pageLength)
        }
        var text = ""
        for movement in page.rows { text += line(movement, &state) }
        state.last = page.rows.last ?? state.last
        if !page.hasMore {
            state.hasEnded = true
            if form != .csv { text += state.journal.closing() }
        }
        return text
    }

    private func head(_ journal: OwnJournal) -> String {
        switch form {
        case .csv: CSV.row(["transaction", "occurred_at", "kind", "description", "subject", "amount", "balance", "currency"])
        case .beancount, .hledger: journal.opening(jurisdictions: jurisdictions)
        }
    }

    /// CSV shows the account that can be spent; a movement that did not touch it has no row.
    private func line(_ movement: OwnMovement, _ state: inout State) -> String {
        guard form == .csv else { return state.journal.entry(movement) }
        let gain = movement.gain(of: owner.accounts[0])
        guard gain != 0 else { return "" }
        state.balance += gain
        return CSV.row([
            movement.transaction, movement.occurredAt.rfc3339, movement.kind.rawValue, movement.description,
            movement.metadata.values.sorted().joined(separator: " "), Decimal6.format(gain), Decimal6.format(state.balance),
            currency.code,
        ])
    }
}
