import Domain

/// The journal of hledger (https://hledger.org/hledger.html#journal) and ledger.
enum HledgerJournal {
    /// What ledger wants to be told before it meets a tag.
    static func declarations(of tags: [String]) -> String { tags.map { "tag \($0)\n" }.joined() }

    static func header(_ accounts: [Account]) -> String {
        let commodities = JournalFormat.ordered(accounts.map(\.currency.code))
        let paths = JournalFormat.ordered(accounts.map(\.path.text))
        return commodities.map { "commodity \($0)\n  format 1000.000000 \($0)\n" }.joined()
            + paths.map { "account \($0)\n" }.joined()
            + declarations(of: ["kind", "time", "key", "corrects"] + Transaction.subjects)
    }

    static func entry(_ transaction: Transaction) -> String {
        var text = "\n\(transaction.occurredAt.date) * (\(transaction.id)) \(plain(transaction.description))\n"
        for (name, value) in tags(transaction) { text += "    ; \(name): \(value)\n" }
        for posting in transaction.postings {
            text += "    \(posting.account.path.text)  \(Decimal6.format(posting.amount)) \(posting.account.currency.code)\n"
        }
        return text
    }

    private static func tags(_ transaction: Transaction) -> [(String, String)] {
        var tags = [
            ("kind", transaction.kind.rawValue), ("time", transaction.occurredAt.rfc3339), ("key", transaction.idempotencyKey),
        ]
        if let corrects = transaction.corrects { tags.append(("corrects", corrects)) }
        return tags + transaction.metadata.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// A semicolon would begin a comment.
    private static func plain(_ description: String) -> String { description.replacing(";", with: ",") }
}
