import Crypto
import Domain
import Storage

extension Marketplace {
    /// Registers a model file, which the caller has read and found sound; answers its id. The same file again is the same
    /// model.
    public func addModel(_ file: [UInt8], by admin: String, at now: Timestamp, in db: Connection) throws -> String {
        let (sha256, id) = Self.modelName(file)
        try Models.insert(id: id, sha256: sha256, file: file, at: now, in: db)
        try AuditLog.append(actor: admin, action: "model.added", subject: id, detail: sha256, at: now, in: db)
        return id
    }

    /// Registers the model that the program ships with, which the caller has read and found sound, and puts it in force, in a new
    /// market and where the one in force is an earlier one that the program shipped with. A choice that an admin made stays, also
    /// that of none.
    public func installShippedModel(_ file: [UInt8], at now: Timestamp, in db: Connection) throws {
        let shipper = "shipped with the program"
        let known = try Models.all(in: db)
        guard !known.contains(where: { $0.id == Self.modelName(file).id }) else { return }
        let isNew = try known.isEmpty && Models.history(in: db).isEmpty
        let choices = try ["model.activated", "model.rolled-back"].compactMap { try AuditLog.newest(of: $0, in: db) }
        guard isNew || choices.max(by: { $0.sequence < $1.sequence })?.actor == shipper else { return }
        try putInForce(addModel(file, by: shipper, at: now, in: db), by: shipper, at: now, in: db)
    }

    private static func modelName(_ file: [UInt8]) -> (sha256: String, id: String) {
        let sha256 = Hex.encode(SHA256.hash(file))
        return (sha256, "mod_\(sha256.prefix(16))")
    }

    /// Scores recordings with this model from now on; with none for nil.
    ///
    /// - Throws: `MarketError.notFound`; `MarketError.modelCannotScore` for a model that this program can't score with, which
    ///   would leave recordings without a score as if an admin had chosen none.
    public func activateModel(
        _ id: String?, by admin: String, at now: Timestamp, summaries: ModelSummaries, in db: Connection
    ) throws {
        if let id, let fault = try summaries.fault(of: id, in: db) {
            throw MarketError.modelCannotScore("\(id) can't be put in force: \(fault).")
        }
        try putInForce(id, by: admin, at: now, in: db)
    }

    private func putInForce(_ id: String?, by admin: String, at now: Timestamp, in db: Connection) throws {
        try Models.activate(id, at: now, in: db)
        try AuditLog.append(actor: admin, action: "model.activated", subject: id ?? "none", at: now, in: db)
    }

    /// Goes back to the newest of what was in force before that this program can score with; none is a place too. Once more goes
    /// back further, down to the first.
    ///
    /// - Throws: `MarketError.wrongState` where there was nothing before; `MarketError.modelCannotScore` where nothing that was
    ///   before scores.
    public func rollBackModel(
        by admin: String, at now: Timestamp, summaries: ModelSummaries, in db: Connection
    ) throws -> ModelRollback {
        let path = try Models.path(in: db)
        guard let current = path.last else {
            throw MarketError.wrongState("No model was ever in force; activate one first.")
        }
        var passedOver: [ModelRollback.PassedOver] = []
        for earlier in path.reversed() where earlier.model != current.model {
            if let id = earlier.model, let fault = try summaries.fault(of: id, in: db) {
                if !passedOver.contains(where: { $0.model == id }) { passedOver.append(.init(model: id, fault: fault)) }
                continue
            }
            try Models.activate(earlier.model, backTo: earlier, at: now, in: db)
            try AuditLog.append(
                actor: admin, action: "model.rolled-back", subject: earlier.model ?? "none", at: now, in: db)
            return ModelRollback(model: earlier.model, passedOver: passedOver)
        }
        guard let newest = passedOver.first else {
            throw MarketError.wrongState("There is no earlier model to go back to; activate one by its id.")
        }
        throw MarketError.modelCannotScore(
            "No earlier model scores; the newest is \(newest.model): \(newest.fault). Activate another by its id.")
    }
}
