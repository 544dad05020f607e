import Domain
import GRDB
import Ledger

extension Books {
    /// Transactions read at a time, so that memory stays small however long the log is.
    private static let exportPage = 500

    /// Writes the whole log as a journal, piece by piece and in the order of the log. The same log gives the same bytes.
    public func export(_ format: JournalFormat, to write: (String) throws -> Void) throws {
        try write(format.header(accounts: trialBalance().map(\.account)))
        var after: Int64 = 0
        var hasMore = true
        while hasMore {
            let page = try transactions(after: after, limit: Self.exportPage)
            try write(page.rows.map { format.entry($0.transaction) }.joined())
            after = page.rows.last?.sequence ?? after
            hasMore = page.hasMore
        }
    }
}
