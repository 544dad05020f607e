import CSQLite
import GRDB
import Synchronization

/// Which state of the database the write-ahead log has come to. Two equal ones are the same state; a commit of any process makes
/// another before it returns.
struct WALState: Equatable, Sendable {
    fileprivate var words = SIMD8<UInt64>()
}

/// The index of the write-ahead log in shared memory, looked at without a statement, a lock or a call of the system.
///
/// The memory is SQLite's own mapping. To open the file here would be fatal: closing any descriptor of a file ends the locks that the
/// process has on it, and another program would take the log for abandoned.
final class WALIndex: @unchecked Sendable {  // Only read, by a function made for memory that others write.
    private let memory: UnsafeRawPointer
    private let isOpen = Atomic(true)

    /// Nil where there is none, such as on a disk that is simulated.
    /// - Parameter db: a connection that stays open until `close`.
    init?(of db: Connection) {
        guard let memory = csqlite_wal_index(UnsafeMutableRawPointer(db.sqliteConnection)) else { return nil }
        self.memory = memory
    }

    /// The present state; nil at the moment of a commit, and once closed.
    var state: WALState? {
        guard isOpen.load(ordering: .acquiring) else { return nil }
        var state = WALState()
        let isWhole = withUnsafeMutableBytes(of: &state.words) { bytes in
            csqlite_wal_state(memory, bytes.baseAddress!.assumingMemoryBound(to: UInt64.self))
        }
        return isWhole != 0 ? state : nil
    }

    /// To be called before the connection is closed: nothing is known from then on.
    func close() { isOpen.store(false, ordering: .releasing) }
}
