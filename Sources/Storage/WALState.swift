import CSQLite
import Glibc

/// Which state of the database the write-ahead log has come to. Two equal ones are the same state; a commit of any process makes
/// another before it returns.
struct WALState: Equatable, Sendable {
    fileprivate var words = SIMD8<UInt64>()
}

/// The index of the write-ahead log in shared memory, looked at without SQLite: to ask a connection takes a hundred times as long.
///
/// SQLite keeps the file as long as a connection of any process is open, so it is to be opened behind one.
final class WALIndex: @unchecked Sendable {  // Only read, by a function made for memory that others write.
    private static let byteCount = CSQLITE_WAL_STATE_WORDS * 2 * 8

    private let memory: UnsafeMutableRawPointer

    /// Nil where there is none, such as on a disk that is simulated.
    init?(path: String) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { Glibc.close(file) }
        var about = stat()
        guard fstat(file, &about) == 0, about.st_size >= Self.byteCount,
            let memory = mmap(nil, Int(Self.byteCount), PROT_READ, MAP_SHARED, file, 0), memory != MAP_FAILED
        else { return nil }
        self.memory = memory
    }

    deinit { munmap(memory, Int(Self.byteCount)) }

    /// The present state; nil at the moment of a commit.
    var state: WALState? {
        var state = WALState()
        let isWhole = withUnsafeMutableBytes(of: &state.words) { bytes in
            csqlite_wal_state(memory, bytes.baseAddress!.assumingMemoryBound(to: UInt64.self))
        }
        return isWhole != 0 ? state : nil
    }
}
