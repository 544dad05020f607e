import Crypto
import Domain
import HTTP
import JSON
import Market
import Storage

/// Takes a model's file, whole in memory: it is short, and only admins may send one.
final class ModelConsumer: BodyConsumer, @unchecked Sendable {
    // Unchecked: calls come one at a time and in order.
    private let call: Call
    private let routes: MarketRoutes
    private let admin: String
    private var file: [UInt8] = []

    init(_ call: Call, _ routes: MarketRoutes) throws {
        self.call = call
        self.routes = routes
        admin = try call.principal.owner
    }

    func receive(_ bytes: [UInt8]) { file += bytes }

    func finish() throws -> Response {
        let digest = SHA256.hash(file)
        try ContentDigestCheck.check(digest, against: call.request)
        // Read before the writer's turn: that is for what only the writer can do.
        if let fault = routes.models.summary(of: file).fault { throw Problem(FieldErrors(FieldError(.root, fault))) }
        return try routes.change(call) { db, now in
            let isNew = try !Models.isKnown(sha256: Hex.encode(digest), in: db)
            let id = try routes.market.addModel(file, by: admin, at: now, in: db)
            guard let record = try Models.find(id, in: db) else { throw Problem(.internalError) }
            let json = record.json(routes.models.summary(of: record))
            let list = "/v1/admin/models"
            return isNew ? .created(json, at: list) : .json(200, json)
        }
    }

    func cancel() { file = [] }
}
