import Domain

/// The journal of beancount (https://beancount.github.io/docs/beancount_language_syntax.html).
enum BeancountJournal {
    /// Accounts open long before anything happens, whenever that was.
    private static let beginning = "1970-01-01"

    static func header(_ accounts: [Account]) -> String {
        let commodities = JournalFormat.ordered(accounts.map(\.currency.code))
        let names = JournalFormat.ordered(accounts.map { name($0.path) })
        return commodities.map { "\(beginning) commodity \($0)\n" }.joined()
            + names.map { "\(beginning) open \($0)\n" }.joined()
    }

    static func entry(_ transaction: Transaction) -> String {
        var text = "\n\(transaction.occurredAt.date) * \(quoted(transaction.description))\n"
        for (name, value) in metadata(transaction) { text += "  \(name): \(quoted(value))\n" }
        for posting in transaction.postings {
            text += "  \(name(posting.account.path))  \(Decimal6.format(posting.amount)) \(posting.account.currency.code)\n"
        }
        return text
    }

    /// Beancount's five roots, each part with a capital or a digit first and hyphens for underscores.
    static func name(_ path: AccountPath) -> String {
        let parts = path.text.split(separator: ":").map { part in
            part.prefix(1).uppercased() + part.dropFirst().replacing("_", with: "-")
        }
        let root = parts[0] == "Revenue" ? "Income" : parts[0]
        return ([root] + parts.dropFirst()).joined(separator: ":")
    }

    private static func metadata(_ transaction: Transaction) -> [(String, String)] {
        var fields = [
            ("id", transaction.id), ("kind", transaction.kind.rawValue), ("time", transaction.occurredAt.rfc3339),
            ("key", transaction.idempotencyKey),
        ]
        if let corrects = transaction.corrects { fields.append(("corrects", corrects)) }
        return fields + transaction.metadata.sorted { $0.key < $1.key }.map { ("about-\($0.key)", $0.value) }
    }

    static func quoted(_ text: String) -> String {
        "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}
