import ArgumentParser
import Crypto
import Domain
import Foundation
import Market
import Storage
import Synchronization

/// The option that every command on a data folder shares.
struct DataOption: ParsableArguments {
    @Option(name: .customLong("data"), help: "The data folder.")
    var data: String?

    /// The folder: the flag, then `FAIRVOICE_DATA`, then the default.
    var folder: String {
        data ?? ProcessInfo.processInfo.environment["FAIRVOICE_DATA"] ?? Settings.defaultDataFolder
    }

    /// Opens the market on the folder, which is made where it is missing.
    func openMarketplace() throws -> Marketplace { try DataFolder.open(folder) }

    /// Opens the market on a folder that holds one: for verbs that read, or that change what must be there.
    func openExistingMarketplace() throws -> Marketplace {
        try requireDatabase()
        return try openMarketplace()
    }

    /// Refuses a folder without a database; nothing is made.
    func requireDatabase() throws {
        guard FileManager.default.fileExists(atPath: Store.path(in: folder)) else {
            throw BadInput("--data: \(folder) is no data folder; name the one that `fairvoice serve` has")
        }
    }
}

/// Opens data folders: the only place where the program's clock and chance enter the market.
enum DataFolder {
    /// - Parameter onPoison: called when the disk failed under a commit, on the thread that noticed.
    static func open(
        _ folder: String, onPoison: @escaping @Sendable (StorageError) -> Void = { _ in }
    ) throws -> Marketplace {
        umask(0o077)
        try Folder.makeDurably(folder)
        let store = try Store(folder: folder, onPoison: onPoison)
        return try Marketplace(store: store, ids: IDSource(chance: randomBits), clock: systemClock)
    }

    static func systemClock() -> Timestamp {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Timestamp(milliseconds: Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000)
    }

    /// Drawn many at a time: each draw is a call of the system.
    private static let drawn = Mutex<[UInt64]>([])

    static func randomBits() -> UInt64 {
        drawn.withLock { drawn in
            if drawn.isEmpty {
                drawn = SecureRandom.bytes(64 * 8).withUnsafeBytes { Array($0.bindMemory(to: UInt64.self)) }
            }
            return drawn.removeLast()
        }
    }
}
