import Ledger

/// What a verification of the books found.
public struct VerificationReport: Hashable, Sendable {
    public internal(set) var transactionCount = 0
    public internal(set) var postingCount = 0
    public internal(set) var accountCount = 0
    /// Everything that is wrong; empty when the books are sound.
    public internal(set) var findings: [Finding] = []

    public var isSound: Bool { findings.isEmpty }

    /// One thing that is wrong, with its place. Transactions are named by their sequence.
    public enum Finding: Hashable, Sendable {
        /// SQLite's own check of the file.
        case file(String)
        /// A part of the file that could not be read at all.
        case unreadable(String)
        case brokenReference(table: String, to: String)
        /// A trigger of the schema is gone.
        case ruleMissing(String)
        /// An account outside the chart.
        case strangeAccount(String)
        /// The balance that is kept is not the sum of the postings.
        case wrongBalance(account: String, kept: Int64, sum: Int128)
        case belowFloor(account: String, balance: Int128)
        /// Postings without the transaction that seals them.
        case unsealed(sequence: Int64)
        /// The log has no transaction of this number.
        case gap(sequence: Int64)
        /// A transaction that breaks a rule of the books, such as one that does not balance.
        case invalid(sequence: Int64, String)
        /// A transaction that is not what was sealed.
        case changed(sequence: Int64)
        /// What a noun says of money is not what its transaction moved: the noun's id and the difference.
        case disagreement(String)
        /// A posting that a statement would show at another time than its transaction.
        case wrongTime(sequence: Int64)
        /// A table whose rows are not those that were written.
        case changedRows(table: String)
    }
}

extension VerificationReport.Finding: CustomStringConvertible {
    public var description: String {
        switch self {
        case .file(let message): "the file: \(message)"
        case .unreadable(let message): "unreadable: \(message)"
        case .brokenReference(let table, let parent): "a row of \(table) refers to a row of \(parent) that is not there"
        case .ruleMissing(let name): "the schema has lost its rule \(name)"
        case .strangeAccount(let name): "account \(name) is not of the chart"
        case .wrongBalance(let account, let kept, let sum): "account \(account) stands at \(kept), its postings add up to \(sum)"
        case .belowFloor(let account, let balance): "account \(account) is overdrawn by \(balance)"
        case .unsealed(let sequence): "postings of transaction \(sequence) have no seal"
        case .gap(let sequence): "transaction \(sequence) is missing"
        case .invalid(let sequence, let message): "transaction \(sequence): \(message)"
        case .changed(let sequence): "transaction \(sequence) is not what was sealed"
        case .disagreement(let message): message
        case .wrongTime(let sequence): "postings of transaction \(sequence) carry another time"
        case .changedRows(let table): "rows of \(table) are not those that were written"
        }
    }
}
