import Analysis
import Domain
import Foundation
import Logging
import Market
import Storage

/// A market with real files in a folder of its own, whose clock stands still.
final class Workshop {
    let folder: URL
    let market: Marketplace
    let blobs: BlobStore
    let now = Timestamp(rfc3339: "2026-03-02T08:00:00Z")!

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "fairvoice-analysis-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        market = try Marketplace(
            store: Store(folder: folder.path), ids: IDSource { .random(in: 0 ... .max) }, clock: { [now] in now })
        blobs = try BlobStore(dataFolder: folder.path)
    }

    deinit {
        try? market.store.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Workers that are not started, and say nothing.
    func workers() -> WorkerPool {
        WorkerPool(marketplace: market, blobs: blobs, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }
}
