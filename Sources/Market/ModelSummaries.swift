import Storage
import Synchronization

/// What is in the files of models, each read once: what stands under an id never changes.
public final class ModelSummaries: Sendable {
    /// Reads a model's file.
    public typealias Read = @Sendable (_ file: [UInt8]) -> ModelSummary

    private let read: Read
    private let known = Mutex<[String: ModelSummary]>([:])

    /// - Parameter read: is given every file, sound or not.
    public init(read: @escaping Read) { self.read = read }

    /// What is in a file that is not registered yet.
    public func summary(of file: [UInt8]) -> ModelSummary { read(file) }

    /// What is in a registered file.
    public func summary(of record: Models.Record) -> ModelSummary {
        if let known = known.withLock({ $0[record.id] }) { return known }
        let summary = read(record.file)
        known.withLock { $0[record.id] = summary }
        return summary
    }

    /// Why this program can't score with a registered model; nil where it can.
    /// - Throws: `MarketError.notFound`.
    func fault(of id: String, in db: Connection) throws -> String? {
        if let known = known.withLock({ $0[id] }) { return known.fault }
        guard let record = try Models.find(id, in: db) else { throw MarketError.notFound("model") }
        return summary(of: record).fault
    }
}
