import GRDB

/// What can go wrong between the program and its data folder.
public enum StorageError: Error, Hashable, Sendable {
    /// A connection that would not keep what it acknowledges: the setting, and what it was found to be.
    case unsafe(setting: String, found: String)
    /// A migration that was applied differs from the one in this program.
    case migrationChanged(String)
    /// The data folder was written by a newer program.
    case migrationUnknown(String)
    /// A migration could not be applied.
    case migrationFailed(String, message: String)
    /// The disk or a quota is full; reading goes on.
    case diskFull
    /// The disk failed while writing. What is on it is not known until it is opened again, so nothing more is written.
    case poisoned
    /// The file is damaged.
    case corrupt(String)
    /// Another process serves this folder.
    case folderInUse(String)
    /// Somebody else held the file for too long.
    case busy
    /// More changes wait than can be carried out soon.
    case overloaded
    /// A rule of the schema refused the change.
    case refused(String)
    /// Anything else that SQLite says.
    case failed(String)

    init(_ error: DatabaseError) {
        switch error.resultCode {
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_IOERR: self = .poisoned
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt(error.description)
        case .SQLITE_BUSY: self = .busy
        case .SQLITE_CONSTRAINT: self = .refused(error.message ?? error.description)
        default: self = .failed(error.description)
        }
    }
}

extension StorageError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unsafe(let setting, let found): "SQLite runs with \(setting) = \(found); refusing to keep money that way"
        case .migrationChanged(let name): "migration \(name) was changed after it had been applied to this data folder"
        case .migrationUnknown(let name):
            "the data folder has migration \(name), which this version does not know; use a newer one"
        case .migrationFailed(let name, let message): "migration \(name) failed: \(message)"
        case .diskFull: "the disk is full"
        case .poisoned: "the disk failed while writing; restart once it is sound"
        case .corrupt(let message): "the database is damaged: \(message)"
        case .folderInUse(let folder): "another process serves \(folder)"
        case .busy: "another process held the database for too long"
        case .overloaded: "too many changes wait"
        case .refused(let rule): "the database refused a change: \(rule)"
        case .failed(let message): message
        }
    }
}
