import HTTP
import JSON
import Synchronization
import Testing
import Web

@Suite struct CallTests {
    let book = Notebook()
    var client: Client { book.client().bearing(Notebook.contributorKey) }

    private func write(_ count: Int) {
        for number in 0..<count { _ = client.send(.post, "/v1/notes", json: ["title": .string("note \(number)")]) }
    }

    @Test func `a new thing says where it is`() throws {
        let response = client.send(.post, "/v1/notes", json: ["title": "a"])
        #expect(response.status == 201)
        let location = try #require(response.fields["Location"])
        #expect(client.send(.get, location).json == response.json)
        #expect(response.fields["Cache-Control"] == "no-store")
    }

    @Test func `pages follow one another, also when items are added`() throws {
        write(5)
        let first = client.send(.get, "/v1/notes?limit=2&kind=a")
        #expect(first.json["data"]?.asArray?.compactMap { $0["title"]?.asString } == ["note 0", "note 1"])
        #expect(first.json["has_more"] == true)
        let cursor = try #require(first.json["next_cursor"]?.asString)
        #expect(first.fields["Link"] == "</v1/notes?limit=2&kind=a&cursor=\(cursor)>; rel=\"next\"")
        write(1)
        let second = client.send(.get, "/v1/notes?limit=4&cursor=\(cursor)")
        #expect(second.json["data"]?.asArray?.compactMap { $0["title"]?.asString } == ["note 2", "note 3", "note 4", "note 0"])
        #expect(second.json["has_more"] == false)
        #expect(second.json["next_cursor"] == .null)
        #expect(second.fields["Link"] == nil)
    }

    @Test(arguments: ["x", "WzFd", "W10", "e30", "WyJhIiwiYiJd"])
    func `a cursor that no list gave begins no page`(cursor: String) {
        let response = client.send(.get, "/v1/notes?cursor=\(cursor)")
        #expect(response.status == 404)
        #expect(response.problem == "unknown-cursor")
    }

    @Test func `what has not changed is not sent again`() throws {
        write(1)
        let path = "/v1/notes/not_00000000000000000000000000"
        let response = client.send(.get, path)
        let tag = try #require(response.fields["ETag"])
        #expect(response.fields["Cache-Control"] == "private, no-cache")
        #expect(client.with("If-None-Match", tag).send(.get, path).status == 304)
        #expect(client.with("If-None-Match", "\"x\"").send(.get, path).status == 200)
    }

    @Test func `an edit of what has changed meanwhile is refused`() throws {
        write(1)
        let path = "/v1/notes/not_00000000000000000000000000"
        let tag = try #require(client.send(.get, path).fields["ETag"])
        #expect(client.with("If-Match", "\"x\"").send(.patch, path, json: ["title": "b"]).status == 412)
        #expect(client.with("If-Match", tag).send(.patch, path, json: ["title": "b"]).status == 200)
        #expect(client.with("If-Match", "*").send(.patch, path, json: ["title": "b"]).status == 200)
        #expect(client.send(.patch, path, json: ["title": "b"]).status == 200)
    }

    @Test func `the same key and request has one effect and one answer`() {
        let once = client.with("Idempotency-Key", "k1")
        let first = once.send(.post, "/v1/notes", json: ["title": "a"])
        let second = once.send(.post, "/v1/notes", json: ["title": "a"])
        #expect(first.status == 201)
        #expect(second.status == 201)
        #expect(first.bytes == second.bytes)
        #expect(first.fields["Location"] == second.fields["Location"])
        #expect(second.fields["Idempotency-Replayed"] == "true")
        #expect(book.notes.withLock { $0.count } == 1)
    }

    @Test func `the same key with another request is refused`() {
        let once = client.with("Idempotency-Key", "k1")
        _ = once.send(.post, "/v1/notes", json: ["title": "a"])
        #expect(once.send(.post, "/v1/notes", json: ["title": "b"]).problem == "idempotency-key-reused")
        #expect(client.with("Idempotency-Key", "k2").send(.post, "/v1/notes", json: ["title": "b"]).status == 201)
        #expect(client.with("Idempotency-Key", "é").send(.post, "/v1/notes", json: ["title": "b"]).status == 400)
    }

    @Test func `a failed request may be repeated with its key`() {
        let once = client.with("Idempotency-Key", "k1")
        #expect(once.send(.post, "/v1/notes", json: ["title": ""]).status == 422)
        #expect(once.send(.post, "/v1/notes", json: ["title": "a"]).status == 201)
    }
}
