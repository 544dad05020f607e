import Domain
import GRDB

public final class Store: Sendable {
    private let pool: DatabasePool
    public init(folder: String) throws {
        pool = try DatabasePool(path: "\(folder)/fairvoice.sqlite3")
    }
    public func write<T>(_ body: (Connection) throws -> T) throws -> T { try pool.write(body) }
    public func read<T>(_ body: (Connection) throws -> T) throws -> T { try pool.read(body) }
}
