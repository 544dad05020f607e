import Dispatch
import GRDB
import Synchronization

/// Connections that only read, each with the statements that it has compiled. As many are opened as are used at once, and the
/// first ones most, so that they are warm.
///
/// GRDB's own pool lets a thread wait for the queue of another while a connection is free, and compiles its checks anew for every
/// transaction; together they take longer than most questions.
final class Readers: Sendable {
    /// A connection that is opened when it is first needed. One thread has it at a time.
    private final class Place: @unchecked Sendable {
        let isTaken = Atomic(false)
        var reader: DatabaseQueue?

        func take() -> Bool {
            !isTaken.load(ordering: .relaxed) && !isTaken.exchange(true, ordering: .acquiring)
        }
    }

    private let path: String
    private let configuration: Configuration
    private let places: [Place]
    /// Counts the places that are free.
    private let free: DispatchSemaphore

    /// - Parameters:
    ///   - configuration: of the connections; they are opened so that they cannot write.
    ///   - countMax: connections in use at a time; whoever comes later waits.
    init(path: String, configuration: Configuration, countMax: Int) {
        self.path = path
        var configuration = configuration
        configuration.readonly = true
        self.configuration = configuration
        places = (0..<countMax).map { _ in Place() }
        free = DispatchSemaphore(value: countMax)
    }

    /// Runs the body in one transaction of a connection that nobody else has.
    func read<T>(_ body: (Connection) throws -> T) throws -> T {
        free.wait()
        let place = freePlace()
        defer {
            place.isTaken.store(false, ordering: .releasing)
            free.signal()
        }
        let reader = try place.reader ?? DatabaseQueue(path: path, configuration: configuration)
        // One whose transaction cannot be ended is not used again.
        place.reader = nil
        let (result, isSound) = reader.unsafeRead { db in Self.transaction(in: db, body) }
        if isSound { place.reader = reader }
        return try result.get()
    }

    func close() throws {
        for place in places {
            try place.reader?.close()
            place.reader = nil
        }
    }

    /// One is free, or about to be: the semaphore has said so.
    private func freePlace() -> Place {
        while true {
            if let place = places.first(where: { $0.take() }) { return place }
        }
    }

    private static func transaction<T>(
        in db: Connection, _ body: (Connection) throws -> T
    ) -> (result: Result<T, any Error>, isSound: Bool) {
        let result = Result {
            try db.run("BEGIN DEFERRED TRANSACTION")
            return try body(db)
        }
        if db.isInsideTransaction { try? db.run("COMMIT TRANSACTION") }
        return (result, !db.isInsideTransaction)
    }
}
