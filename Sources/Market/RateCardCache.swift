import Domain
import Storage
import Synchronization

/// Rate cards that were read before, by the hash of their document: reading one takes longer than most changes.
final class RateCardCache: Sendable {
    typealias Entry = (record: RateCards.Record, card: RateCard)

    /// Cards in use at a time: the one in force and those of open quotes.
    private static let countMax = 64

    private let entries = Mutex<[String: Entry]>([:])

    func find(sha256: String) -> Entry? { entries.withLock { $0[sha256] } }

    func insert(_ entry: Entry) {
        entries.withLock { entries in
            if entries.count >= Self.countMax { entries.removeAll() }
            entries[entry.record.sha256] = entry
        }
    }
}
