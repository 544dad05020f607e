import Crypto
import Domain
import Storage

extension Marketplace {
    /// Registers a model file, which the caller has read and found sound; answers its id. The same file again is the same
    /// model.
    public func addModel(_ file: [UInt8], by admin: String, at now: Timestamp, in db: Connection) throws -> String {
        let sha256 = Hex.encode(SHA256.hash(file))
        let id = "mod_\(sha256.prefix(16))"
        try Models.insert(id: id, sha256: sha256, file: file, at: now, in: db)
        try AuditLog.append(actor: admin, action: "model.added", subject: id, detail: sha256, at: now, in: db)
        return id
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
