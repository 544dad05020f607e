import Foundation

@testable import Storage

/// A store in a folder of its own, which is deleted with it.
final class TemporaryStore {
    let folder: URL
    let store: Store

    init(migrations: [Migration] = Migrations.embedded) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "fairvoice-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try Store(folder: folder.path, migrations: migrations)
    }

    deinit {
        try? store.close()
        try? FileManager.default.removeItem(at: folder)
    }
}
