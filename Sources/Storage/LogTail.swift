import GRDBSQLite
import Ledger
import Synchronization

/// The end of the log, kept in memory so that a leaf costs one row read: it would be one for each subtree otherwise.
///
/// What is kept is used only where the database's last row is the one that it was kept for. So it needs no notice of changes
/// that were rolled back, of commits that failed, or of another folder.
struct LogTail {
    let secret: [UInt8]
    private(set) var frontier: MerkleFrontier
    /// What the last leaf's row holds; empty for a log without leaves.
    private var nodes: [UInt8]

    private static let kept = Mutex<LogTail?>(nil)

    /// The end of the log as a connection sees it; to be given back by `keep`.
    static func take(in log: Log) throws -> LogTail {
        let last = try log.db.first("SELECT position, nodes FROM log_leaf ORDER BY position DESC LIMIT 1") { row in
            (size: sqlite3_column_int64(row, 0) + 1, nodes: Connection.bytes(row, 1))
        }
        // Taken out, so that adding a leaf does not copy what is kept.
        let taken = kept.withLock { kept in
            defer { kept = nil }
            return kept
        }
        if let last, let taken, taken.frontier.size == last.size, taken.nodes == last.nodes { return taken }
        return LogTail(
            secret: try log.secret(), frontier: try MerkleFrontier(size: last?.size ?? 0, nodes: log.node),
            nodes: last?.nodes ?? [])
    }

    /// Adds a leaf.
    ///
    /// - Returns: what its row is to hold, at the place of the old size.
    mutating func append(_ hash: [UInt8]) -> [UInt8] {
        nodes = frontier.append(hash).flatMap { $0 }
        return nodes
    }

    func keep() { Self.kept.withLock { $0 = self } }
}
