import GRDB
import Synchronization

/// Puts groups of changes on disk: one transaction a group, one savepoint a change.
final class Committer: Sendable {
    typealias Conclusion = @Sendable (Connection) throws -> Void

    private let writer: DatabaseQueue
    private let catalogue: CatalogueKeeper
    private let conclusion = Mutex<Conclusion?>(nil)
    private let isPoisoned = Atomic(false)
    /// Called once, when the disk failed under a commit.
    private let onPoison: @Sendable (StorageError) -> Void

    init(writer: DatabaseQueue, catalogue: CatalogueKeeper, onPoison: @escaping @Sendable (StorageError) -> Void) {
        self.writer = writer
        self.catalogue = catalogue
        self.onPoison = onPoison
    }

    func conclude(with body: @escaping Conclusion) { conclusion.withLock { $0 = body } }

    /// Carries the changes out in one commit. Each knows afterwards how it went: a failure of the commit is everybody's.
    func commit(_ group: [Change]) {
        guard !isPoisoned.load(ordering: .acquiring) else {
            for change in group { change.fail(StorageError.poisoned) }
            return
        }
        do {
            try writer.writeWithoutTransaction { db in
                try db.beginTransaction(.immediate)
                do {
                    try catalogue.begin(in: db)
                    try run(group, in: db)
                    try catalogue.end(in: db)
                    try db.commit()
                    catalogue.commit()
                } catch {
                    catalogue.rollback()
                    _ = AfterCommit.take(from: db)
                    if db.isInsideTransaction { try? db.rollback() }
                    throw error
                }
            }
        } catch {
            fail(group, with: error)
        }
    }

    private func run(_ group: [Change], in db: Connection) throws {
        for change in group {
            change.run(in: db)
            // Nothing of the group is left: those before it must not hear that they are on disk.
            guard db.isInsideTransaction else { throw change.failure ?? StorageError.busy }
        }
        if group.contains(where: { $0.failure == nil }) { try conclusion.withLock { $0 }?(db) }
    }

    private func fail(_ group: [Change], with error: any Error) {
        let cause = (error as? DatabaseError).map(StorageError.init) ?? error
        for change in group { change.fail(cause) }
        guard cause as? StorageError == .poisoned, !isPoisoned.exchange(true, ordering: .acquiringAndReleasing) else { return }
        onPoison(.poisoned)
    }
}
