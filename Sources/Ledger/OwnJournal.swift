import Domain

/// A statement as a plain-text journal for its owner's own bookkeeping: the opening balances asserted, every movement, the
/// closing balances asserted. The same movements give the same bytes.
public struct OwnJournal: Sendable {
    public let owner: OwnBooks
    public let format: JournalFormat
    public let currency: Currency
    /// Balances of the owner's accounts in their own eyes: what they have is positive.
    private var balances: [AccountPath: Int64]
    private var date: CalendarDate

    /// - Parameters:
    ///   - opening: what each of the market's accounts stood at before the first movement; a debit is positive.
    ///   - date: the first day.
    public init(
        of owner: OwnBooks, _ format: JournalFormat, _ currency: Currency, opening: [AccountPath: Int64], from date: CalendarDate
    ) {
        self.owner = owner
        self.format = format
        self.currency = currency
        balances = opening.mapValues { -$0 }
        self.date = date
    }

    /// Declarations and opening balances.
    ///
    /// - Parameter jurisdictions: of taxes that were withheld.
    public func opening(jurisdictions: [String]) -> String {
        let counterparts = Set(TransactionKind.allCases.map { owner.counterpart(of: $0) })
        let own = owner.accounts.compactMap { owner.name(of: $0) }
        let taxes = jurisdictions.compactMap { owner.name(of: .taxWithheld(jurisdiction: $0)) }
        let names = counterparts.union(own).union(taxes).sorted()
        let legs = owner.accounts.map { (owner.name(of: $0)!, balances[$0] ?? 0) }
        let sum = legs.reduce(0) { $0 + $1.1 }
        let day = CalendarDate(daysSinceEpoch: date.daysSinceEpoch - 1)
        switch format {
        case .hledger:
            let lines = legs.map { "    \($0.0)  \(amount($0.1)) = \(amount($0.1))\n" }.joined()
            return "commodity \(currency.code)\n  format 1000.000000 \(currency.code)\n"
                + names.map { "account \($0)\n" }.joined()
                + HledgerJournal.declarations(of: ["kind", "time", "transaction"] + Transaction.subjects.map { "about-\($0)" })
                + "\n\(day) * Opening balances\n\(lines)    equity:opening  \(amount(-sum))\n"
        case .beancount:
            let opened = names.map { "1900-01-01 open \(Self.beancount($0))\n" }.joined()
            let lines = (legs + [("equity:opening", -sum)]).filter { $0.1 != 0 }
                .map { "  \(Self.beancount($0.0))  \(amount($0.1))\n" }.joined()
            let entry = lines.isEmpty ? "" : "\n\(day) * \"Opening balances\"\n\(lines)"
            return "1900-01-01 commodity \(currency.code)\n\(opened)\(entry)\n\(assertions(on: date))"
        }
    }

    /// One movement with an empty line before it.
    public mutating func entry(_ movement: OwnMovement) -> String {
        date = .max(date, movement.occurredAt.date)
        var legs: [(String, Int64)] = []
        for leg in movement.legs {
            guard let name = owner.name(of: leg.path) else { continue }
            legs.append((name, -leg.amount))
            if owner.accounts.contains(leg.path) { balances[leg.path, default: 0] -= leg.amount }
        }
        let rest = -legs.reduce(0) { $0 + $1.1 }
        if rest != 0 { legs.append((owner.counterpart(of: movement.kind), rest)) }
        let tags =
            [("kind", movement.kind.rawValue), ("time", movement.occurredAt.rfc3339), ("transaction", movement.transaction)]
            + movement.metadata.sorted { $0.key < $1.key }.map { ("about-\($0.key)", $0.value) }
        switch format {
        case .hledger:
            return "\n\(movement.occurredAt.date) * \(movement.description.replacing(";", with: ","))\n"
                + tags.map { "    ; \($0.0): \($0.1)\n" }.joined()
                + legs.map { "    \($0.0)  \(amount($0.1))\n" }.joined()
        case .beancount:
            return "\n\(movement.occurredAt.date) * \(BeancountJournal.quoted(movement.description))\n"
                + tags.map { "  \($0.0): \(BeancountJournal.quoted($0.1))\n" }.joined()
                + legs.map { "  \(Self.beancount($0.0))  \(amount($0.1))\n" }.joined()
        }
    }

    /// The closing balances, asserted.
    public func closing() -> String {
        switch format {
        case .hledger:
            let lines = owner.accounts.map { path in
                "    \(owner.name(of: path)!)  \(amount(0)) = \(amount(balances[path] ?? 0))\n"
            }
            return "\n\(date) * Closing balances\n\(lines.joined())"
        case .beancount:
            // Beancount looks at the beginning of a day.
            return "\n" + assertions(on: CalendarDate(daysSinceEpoch: date.daysSinceEpoch + 1))
        }
    }

    private func assertions(on day: CalendarDate) -> String {
        owner.accounts.map { path in
            "\(day) balance \(Self.beancount(owner.name(of: path)!))  \(Decimal6.format(balances[path] ?? 0)) ~ 0 \(currency.code)\n"
        }.joined()
    }

    private func amount(_ micros: Int64) -> String { "\(Decimal6.format(micros)) \(currency.code)" }

    private static func beancount(_ name: String) -> String {
        name.split(separator: ":").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: ":")
    }
}

extension CalendarDate {
    fileprivate static func max(_ one: CalendarDate, _ other: CalendarDate) -> CalendarDate {
        one.daysSinceEpoch >= other.daysSinceEpoch ? one : other
    }
}
