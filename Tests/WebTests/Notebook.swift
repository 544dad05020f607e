import Domain
import HTTP
import JSON
import Synchronization
import Web

/// A small application that uses everything that routes can say.
final class Notebook: Sendable {
    enum Note: Identified { static let idPrefix = "not" }

    static let contributorKey = "fv_7fWBz4ftiQZ6Eixbtq88WJmZzrldE82Nw9fX"
    static let adminKey = "fv_K4lcftA7krvZovPIQKR7TrQgKIWj6v0VIDvM"
    static let sessionToken = "session-token"
    static let csrfToken = "csrf-token"
    static let owner = "con_01HZZZZZZZZZZZZZZZZZZZZZZZ"

    let notes = Mutex<[(id: String, title: String)]>([])
    let uploads = Mutex<[String]>([])
    let remembered = Mutex<[String: IdempotentAnswers.Stored]>([:])
    let hub = EventHub()

    static let note = Schema.named(
        "Note",
        .object([
            .required("id", .id(Note.self), "Names the note"), .required("title", .string(1...20), "What it says"),
        ]))

    static let tag = Tag("notes", "Notes")

    func client(
        checks: [ReadinessCheck] = [], pages: [Asset] = [], limits: ClientLimits? = nil, metrics: Metrics = Metrics(),
        authenticator: Authenticator = Authenticator(find)
    ) -> Client {
        let table = RouteTable(routes + Operation.routes(checks, metrics) + Pages.routes(pages), version: "1.0.0")
        let answers = IdempotentAnswers { principal, key in self.remembered.withLock { $0["\(principal) \(key)"] } }
        return Client(
            application: WebApplication(
                table: table, authenticator: authenticator, answers: answers, metrics: metrics, limits: limits))
    }

    static func find(_ credential: Credential) -> Principal? {
        let key = ID<AccessKey>(stored: "key_1")
        switch credential.secret {
        case contributorKey: return Principal(role: .contributor, owner: owner, key: key)
        case adminKey: return Principal(role: .admin, owner: "adm_1", key: ID<AccessKey>(stored: "key_2"))
        case sessionToken: return Principal(role: .contributor, owner: owner, key: key, csrfToken: csrfToken)
        default: return nil
        }
    }

    private var routes: [Route] {
        [
            Route(
                .get, "/v1/notes", "Lists notes", Self.tag, .contributor,
                parameters: Parameter.page + [
                    .query("language", .language, "Only these"),
                    .query("kind", .array(of: .choice(["a", "b"]), 0...9), "Only these"),
                ],
                answers: [.page("A page", of: Self.note)], handler: list),
            Route(
                .post, "/v1/notes", "Writes a note", Self.tag, .contributor, body: .json(Self.draft),
                answers: [.created("The note", Self.note)], traits: [.idempotencyKey], handler: create),
            Route(
                .get, "/v1/notes/{id}", "Shows a note", Self.tag, .contributor,
                parameters: [.path("id", .id(Note.self), "Names the note")], answers: [.json("The note", Self.note)],
                traits: [.conditional], handler: show),
            Route(
                .patch, "/v1/notes/{id}", "Changes a note", Self.tag, .contributor,
                parameters: [.path("id", .id(Note.self), "Names the note")], body: .json(Self.draft),
                answers: [.json("The note", Self.note)], traits: [.conditional], handler: change),
            Route(
                .post, "/v1/files", "Takes a file", Self.tag, .anyKey,
                stream: .stream(mediaTypes: ["audio/*", "application/octet-stream"], byteCountMax: 40),
                answers: [.json("Its length", .integer())],
                receiver: { call in Upload(call, self) }),
            Route(
                .get, "/v1/notes/{id}/events", "What happens to a note", Self.tag, .contributor,
                parameters: [.path("id", .id(Note.self), "Names the note"), .lastEventID], answers: [.events("Events")],
                handler: events),
            Route(
                .post, "/v1/admin/failure", "Fails", Self.tag, .admin, answers: [.noContent("Never")],
                handler: { _ in throw Failure() }),
        ]
    }

    struct Failure: Error {}

    private static let draft = Schema.object([
        .required("title", .string(1...20), "What it says"), .optional("priority", .integer(1...5), "5 is urgent"),
        .optional("price", .money, "What it costs"),
    ])

    private func list(_ call: Call) throws -> Response {
        let page = try call.page()
        let all = notes.withLock { $0 }
        let rest = page.after.map { after in all.filter { $0.id > after[0] } } ?? all
        return call.list(Array(rest.prefix(page.limit + 1)), of: page, cursor: { Cursor($0.id) }, json: Self.json)
    }

    private func create(_ call: Call) throws -> Response {
        let owner = try call.owner(Contributor.self)
        let title = try call.read { reader throws(FieldErrors) in
            let title = reader.parsed("title", "must not be a secret") { $0 == "secret" ? nil : $0 }
            _ = reader.optionalInteger("priority")
            _ = reader.optionalJSON("price")
            return try reader.finish(title)
        }
        let note = notes.withLock { notes in
            let number = String(notes.count)
            notes.append(("not_" + String(repeating: "0", count: 26 - number.count) + number, title))
            return notes[notes.count - 1]
        }
        let answer = Response.created(Self.json(note), at: "/v1/notes/\(note.id)")
        if let claim = call.claim {
            remembered.withLock { $0["\(owner) \(claim.key)"] = IdempotentAnswers.Stored(claim: claim, response: answer) }
        }
        return answer
    }

    private func show(_ call: Call) throws -> Response {
        .taggedJSON(Self.json(try find(call)))
    }

    private func change(_ call: Call) throws -> Response {
        let note = try find(call)
        try call.requireMatch(.strong(of: Self.json(note).bytes()))
        return .taggedJSON(Self.json((note.id, call.body["title"]?.asString ?? "")))
    }

    private func find(_ call: Call) throws -> (id: String, title: String) {
        let id = try call.id(Note.self)
        guard let note = notes.withLock({ $0.first { $0.id == id.text } }) else { throw Problem.notFound }
        return note
    }

    private func events(_ call: Call) throws -> Response {
        let id = try call.id(Note.self)
        return try hub.stream(id.text, for: call) { lastID in
            (1...3).filter { $0 > lastID }.map { ServerEvent(id: $0, name: "status", data: ["n": .integer($0)]) }
        }
    }

    private static func json(_ note: (id: String, title: String)) -> JSON {
        ["id": .string(note.id), "title": .string(note.title)]
    }

    /// Counts bytes; refuses what begins with an exclamation mark, at once, and what ends with one, at the end.
    final class Upload: BodyConsumer {
        private let book: Notebook
        private let bytes = Mutex<[UInt8]>([])

        init(_ call: Call, _ book: Notebook) {
            self.book = book
            book.uploads.withLock { $0.append("began") }
        }

        func receive(_ more: [UInt8]) throws {
            try bytes.withLock { bytes in
                bytes += more
                if bytes.first == UInt8(ascii: "!") { throw Problem(.conflict, "No shouting.") }
            }
        }

        func finish() throws -> Response {
            let bytes = bytes.withLock { $0 }
            if bytes.last == UInt8(ascii: "!") { throw Problem(.conflict, "No shouting.") }
            book.uploads.withLock { $0.append("finished") }
            return .json(200, .count(bytes.count))
        }

        func cancel() { book.uploads.withLock { $0.append("cancelled") } }
    }
}
