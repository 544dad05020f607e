/// Why a store can't be opened or used.
public enum StorageError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A pragma that keeps money safe did not take effect.
    case unsafeSetting(name: String, value: String)
    /// A migration that was applied before reads differently now.
    case migrationChanged(String)
    /// The data folder was written by a newer version of the program.
    case migrationUnknown(String)
    /// Another process serves this folder.
    case folderInUse(String)

    public var description: String {
        switch self {
        case .unsafeSetting(let name, let value): "SQLite runs with \(name) = \(value); refusing to keep money that way"
        case .migrationChanged(let name): "migration \(name) was changed after it had been applied to this data folder"
        case .migrationUnknown(let name):
            "the data folder has migration \(name), which this version does not know; use a newer one"
        case .folderInUse(let folder): "another process serves \(folder)"
        }
    }
}
