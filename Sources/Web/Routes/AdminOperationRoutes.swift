import Domain
import HTTP
import JSON
import Market
import Storage

extension MarketRoutes {
    /// Keys, jobs and the log of what admins did.
    var adminOperation: [Route] {
        [
            Route(
                .post, "/v1/admin/keys", "Make a further key for somebody", .admins, .admin,
                body: .json(
                    .object([
                        .required("role", .choice(Role.self), "What it may do"),
                        .required("owner", .string(1...40), "Whose it is"),
                        .required("label", .string(1...100), "A word to tell keys apart"),
                    ])), answers: [.created("The key, shown once", .newKey)]
            ) { call in
                let admin = try call.principal.owner
                let (role, owner, label) = try call.read { reader throws(FieldErrors) in
                    let role = reader.parsed("role", "is no role", Role.init(rawValue:))
                    let owner = reader.string("owner", min: 1, max: 40)
                    let label = reader.string("label", min: 1, max: 100)
                    return (try reader.finish(role), owner, label)
                }
                return try change(call) { db, now in
                    let key = try market.makeKey(role: role, owner: owner, label: label, by: admin, at: now, in: db)
                    return .created(key.json, at: "/v1/admin/keys")
                }
            },
            Route(
                .get, "/v1/admin/keys", "Keys, oldest first; never their text", .admins, .admin, parameters: Parameter.page,
                answers: [.page("Keys", of: .accessKey)]
            ) { call in
                try look { db in
                    call.list(try AccessKeys.list(call.storagePage(), in: db), cursor: { Cursor($0.id.text) }, json: \.json)
                }
            },
            Route(
                .delete, "/v1/admin/keys/{id}", "Revoke a key, at once", .admins, .admin,
                parameters: [.path("id", .id(AccessKey.self), "The key")], answers: [.json("The revoked key", .accessKey)]
            ) { call in
                let admin = try call.principal.owner
                let id = try call.id(AccessKey.self)
                return try change(call) { db, now in
                    db.afterCommit { [principals] in principals.clear() }
                    return .json(200, try market.revokeKey(id, by: admin, at: now, in: db).json)
                }
            },
            Route(
                .get, "/v1/admin/audit-log", "What admins did, oldest first", .admins, .admin, parameters: Parameter.page,
                answers: [.page("Entries", of: .auditEntry)]
            ) { call in
                try look { db in
                    call.list(
                        try AuditLog.list(call.numberedPage(), in: db), cursor: { Cursor("\($0.sequence)") }, json: \.json)
                }
            },
            Route(
                .get, "/v1/admin/jobs", "Jobs of the worker pool, oldest first", .admins, .admin,
                parameters: [.query("state", .choice(Job.State.self), "Only these")] + Parameter.page,
                answers: [.page("Jobs", of: .job)]
            ) { call in
                let state = try call.query.parsed("state", Job.State.init(rawValue:))
                return try look { db in
                    call.list(
                        try Jobs.list(state: state, call.storagePage(), in: db), cursor: { Cursor($0.id.text) }, json: \.json)
                }
            },
            Route(
                .post, "/v1/admin/jobs/{id}/retry", "Give a failed job another round", .admins, .admin,
                parameters: [.path("id", .id(Job.self), "The job")], answers: [.noContent("It waits again")],
                problems: [.conflict]
            ) { call in
                let id = try call.id(Job.self)
                return try change(call) { db, _ in
                    guard let job = try Jobs.find(id, in: db) else { throw Problem.notFound }
                    guard try market.retryJob(id, in: db) else {
                        throw MarketError.wrongState("The job is \(job.state.rawValue); only a failed one gets another round.")
                    }
                    return .noContent
                }
            },
        ]
    }
}

extension Call {
    /// The page of a list in the order of numbers.
    /// - Throws: 404 for a cursor of another list.
    func numberedPage() throws -> Storage.PageRequest {
        let page = try storagePage()
        if let after = page.after, Int64(after) == nil { throw Problem(.unknownCursor) }
        return page
    }
}

extension Schema {
    static let accessKey = named(
        "AccessKey",
        object([
            .required("id", .id(AccessKey.self), "The key's id"), .required("prefix", .string(), "Its first characters"),
            .required("role", .choice(Role.self), "What it may do"), .required("owner", .string(), "Whose it is"),
            .required("label", .string(), "To tell keys apart"), .required("created_at", .timestamp, "When it was made"),
            .required("revoked_at", .nullable(.timestamp), "When it was revoked"),
        ]))

    static let auditEntry = named(
        "AuditEntry",
        object([
            .required("sequence", .integer(), "Position"), .required("at", .timestamp, "When"),
            .required("actor", .string(), "Who"),
            .required("action", .string(), "What"), .required("subject", .string(), "To what"),
            .required("detail", .string(), "More"),
        ]))

    static let job = named(
        "Job",
        object([
            .required("id", .id(Job.self), "The job"), .required("kind", .choice(Job.Kind.self), "What"),
            .required("subject", .string(), "On what"), .required("state", .choice(Job.State.self), "Where it stands"),
            .required("attempts", .integer(), "How often it was tried"),
            .required("last_error", .nullable(.string()), "Why it failed last"),
            .required("created_at", .timestamp, "When"),
        ]))
}

extension AccessKey {
    var json: JSON {
        [
            "id": .string(id.text), "prefix": .string(prefix), "role": .string(role.rawValue), "owner": .string(owner),
            "label": .string(label), "created_at": createdAt.json, "revoked_at": revokedAt.json,
        ]
    }
}

extension AuditLog.Record {
    var json: JSON {
        [
            "sequence": .integer(sequence), "at": at.json, "actor": .string(actor), "action": .string(action),
            "subject": .string(subject), "detail": .string(detail),
        ]
    }
}

extension Job {
    var json: JSON {
        [
            "id": .string(id.text), "kind": .string(kind.rawValue), "subject": .string(subject), "state": .string(state.rawValue),
            "attempts": .integer(attempts), "last_error": .orNull(lastError), "created_at": createdAt.json,
        ]
    }
}
