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

    /// Registers the model that the program ships with and puts it in force, in a new market and where the one in force is an earlier
    /// one that the program shipped with. A choice that an admin made stays, also that of none.
    public func installShippedModel(_ file: [UInt8], at now: Timestamp, in db: Connection) throws {
        let shipper = "shipped with the program"
        let known = try Models.all(in: db)
        guard !known.contains(where: { $0.id == Self.modelName(file).id }) else { return }
        let isNew = try known.isEmpty && Models.history(in: db).isEmpty
        let choices = try ["model.activated", "model.rolled-back"].compactMap { try AuditLog.newest(of: $0, in: db) }
        guard isNew || choices.max(by: { $0.sequence < $1.sequence })?.actor == shipper else { return }
        try activateModel(addModel(file, by: shipper, at: now, in: db), by: shipper, at: now, in: db)
    }

    private static func modelName(_ file: [UInt8]) -> (sha256: String, id: String) {
        let sha256 = Hex.encode(SHA256.hash(file))
        return (sha256, "mod_\(sha256.prefix(16))")
    }

    /// Scores recordings with this model from now on; with none for nil.
    public func activateModel(_ id: String?, by admin: String, at now: Timestamp, in db: Connection) throws {
        if let id, try Models.find(id, in: db) == nil { throw MarketError.notFound("model") }
        try Models.activate(id, at: now, in: db)
        try AuditLog.append(actor: admin, action: "model.activated", subject: id ?? "none", at: now, in: db)
    }

    /// Goes back to what was in force before; answers it. Once more goes back one further, down to the first.
    public func rollBackModel(by admin: String, at now: Timestamp, in db: Connection) throws -> String? {
        let path = try Models.path(in: db)
        guard let current = path.last else {
            throw MarketError.wrongState("No model was ever in force; activate one first.")
        }
        guard let before = path.last(where: { $0.model != current.model }) else {
            throw MarketError.wrongState("There is no earlier model to go back to; activate one by its id.")
        }
        try Models.activate(before.model, backTo: before, at: now, in: db)
        try AuditLog.append(actor: admin, action: "model.rolled-back", subject: before.model ?? "none", at: now, in: db)
        return before.model
    }
}
