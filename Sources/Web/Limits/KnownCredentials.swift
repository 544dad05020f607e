import Synchronization

/// Which credentials were right a moment ago, in bounded memory. They may be looked up even where wrong ones came from the
/// same address, so that nobody behind it is locked out by a neighbour's guesses. It says nothing about who they are, nor
/// whether they still are good.
final class KnownCredentials: Sendable {
    /// 8 bytes each, and the table's room.
    static let countMax = 65_536

    /// Hashes with the process's own seed, which no client can foresee.
    private let hashes = Mutex<Set<Int>>([])

    func contains(_ credential: Credential) -> Bool {
        let hash = credential.hashValue
        return hashes.withLock { $0.contains(hash) }
    }

    func insert(_ credential: Credential) {
        let hash = credential.hashValue
        hashes.withLock { hashes in
            if hashes.count >= Self.countMax { hashes.removeAll(keepingCapacity: true) }
            hashes.insert(hash)
        }
    }
}
