import Analysis
import Domain
import Foundation
import Logging
import Market
import Storage
import Synchronization

/// A market with real files in a folder of its own, whose clock the test moves.
final class Workshop {
    let folder: URL
    let market: Marketplace
    let blobs: BlobStore
    private let clock: Clock

    private final class Clock: Sendable {
        let now = Mutex(Timestamp(rfc3339: "2026-03-02T08:00:00Z")!)
    }

    var now: Timestamp { clock.now.withLock { $0 } }

    func advance(seconds: Int64) { clock.now.withLock { $0 = $0.adding(seconds: seconds) } }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "fairvoice-analysis-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let clock = Clock()
        self.clock = clock
        market = try Marketplace(
            store: Store(folder: folder.path), ids: IDSource { .random(in: 0 ... .max) }, clock: { clock.now.withLock { $0 } })
        blobs = try BlobStore(dataFolder: folder.path)
    }

    deinit {
        try? market.store.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Workers that are not started, and say nothing where nobody listens.
    func workers(
        _ limits: WorkerLimits = WorkerLimits(), logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ) -> WorkerPool {
        WorkerPool(marketplace: market, blobs: blobs, limits: limits, logger: logger)
    }
}
