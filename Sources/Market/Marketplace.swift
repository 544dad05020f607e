import Crypto
import Domain
import Storage

/// The market: every verb stands in a file of its own as an extension. A verb takes who asks, when, and the connection of
/// the caller's transaction, so that the caller can keep its answer in the same transaction.
public final class Marketplace: Sendable {
    public let store: Store
    public let ids: IDSource
    public let signer: Signer
    /// Rings with a job's id when there is work.
    public let jobBell = Bell()
    /// Rings with a recording's id when there is news of it.
    public let recordingBell = Bell()
    /// Rings with a recording's id when it is accepted on appeal.
    public let appealBell = Bell()
    let rateCardCache = RateCardCache()
    let priceSheets = Memory<PriceSheet>()
    private let clock: @Sendable () -> Timestamp

    /// Opens the market on a store, which it sets up on the first time: signing key, standard rate card, consent text.
    public init(store: Store, ids: IDSource, clock: @escaping @Sendable () -> Timestamp) throws {
        self.store = store
        self.ids = ids
        self.clock = clock
        let now = clock()
        signer = try store.write { db in
            for id in try NewestIDs.all(in: db) { ids.resume(after: id) }
            return try Installation.prepare(at: now, in: db)
        }
        // What a commit adds to the log is under a signed head in the same commit, so that a receipt can be had at once.
        store.beforeCommit { [signer] db in
            try LogHeads.sign(at: clock(), in: db) { checkpoint in signer.note(checkpoint) }
        }
        // A folder that is older than the log has leaves without a head.
        try store.write { _ in }
    }

    public var now: Timestamp { clock() }
}
