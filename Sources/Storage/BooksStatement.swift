import Domain
import Ledger

extension Books {
    /// A stretch of one account's history, oldest first.
    public struct Statement: Sendable {
        public let account: Account
        /// What the account stood at before the first line; debits are positive.
        public let opening: Money
        public let lines: [Line]
        /// Begins the next page; nil on the last.
        public let next: Cursor?

        /// What the account stood at after the last line.
        public var closing: Money { lines.last?.balance ?? opening }
    }

    /// One posting and the transaction it is part of.
    public struct Line: Hashable, Sendable {
        public let transaction: String
        public let sequence: Int64
        public let kind: TransactionKind
        public let occurredAt: Timestamp
        public let description: String
        public let metadata: [String: String]
        /// A debit is positive.
        public let amount: Money
        /// What the account stood at after it.
        public let balance: Money

        let n: Int64

        var place: Cursor { Cursor(time: occurredAt.milliseconds, sequence: sequence, n: n) }
    }
}
