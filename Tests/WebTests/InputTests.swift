import HTTP
import JSON
import Testing
import Web

@Suite struct InputTests {
    let client = Notebook().client().bearing(Notebook.contributorKey)

    @Test func `every bad parameter is named at once`() {
        let response = client.send(.get, "/v1/notes?limit=0&language=DE&wrong=1&kind=a&kind=c&cursor=")
        #expect(response.status == 400)
        #expect(response.problem == "invalid-parameters")
        #expect(
            response.errors == [
                "query /wrong is not a known parameter", "query /limit must be between 1 and 200",
                "query /cursor must have between 1 and 1000 characters",
                "query /language must be a language tag such as de or pt-BR", "query /kind/1 must be one of a, b",
            ])
    }

    @Test(arguments: ["limit=1&limit=2", "limit=1.5", "limit=x", "limit=1e1000", "limit=%201", "limit="])
    func `a number is a number, once`(query: String) {
        #expect(client.send(.get, "/v1/notes?\(query)").status == 400)
    }

    @Test func `a query that is not well encoded is refused`() {
        #expect(client.send(.get, "/v1/notes?limit=%zz").problem == "bad-request")
    }

    @Test func `a path that can name nothing is not found`() {
        #expect(client.send(.get, "/v1/notes/rec_01HZZZZZZZZZZZZZZZZZZZZZZZ").status == 404)
        #expect(client.send(.get, "/v1/notes/not_1").status == 404)
    }

    @Test func `a coded body is refused by the name of its field`() {
        let body = JSON.object(["title": "a"]).bytes()
        let json = client.with("Content-Type", "application/json")
        for coding in ["gzip", "deflate", "identity, gzip"] {
            let response = json.with("Content-Encoding", coding).send(.post, "/v1/notes", body: body)
            #expect(response.status == 415 && response.text.contains("Content-Encoding"))
            #expect(response.fields["Accept-Encoding"] == "identity")
        }
        #expect(json.with("Content-Encoding", "identity").send(.post, "/v1/notes", body: body).status == 201)
        let audio = client.with("Content-Type", "audio/wav").with("Content-Encoding", "gzip")
        #expect(audio.send(.post, "/v1/files", body: [1]).status == 415)
    }

    @Test func `every bad field is named at once`() {
        let response = client.send(
            .post, "/v1/notes", json: ["title": "", "priority": 9, "price": ["amount": 12, "currency": "usd"], "x": 1])
        #expect(response.status == 422)
        #expect(response.problem == "invalid-fields")
        #expect(
            response.errors == [
                "body /title must have between 1 and 20 characters", "body /priority must be between 1 and 5",
                "body /price/amount must be a string", "body /price/currency must be a currency such as USD",
                "body /x is not a known field",
            ])
        #expect(client.send(.post, "/v1/notes", json: []).errors == ["body  must be an object"])
        #expect(client.send(.post, "/v1/notes", json: [:]).errors == ["body /title is required"])
    }

    @Test func `what only the handler can know is an error of the same kind`() {
        let response = client.send(.post, "/v1/notes", json: ["title": "secret"])
        #expect(response.status == 422)
        #expect(response.errors == ["body /title must not be a secret"])
    }

    @Test func `a body that is no JSON says where`() {
        let json = client.with("Content-Type", "application/json")
        let response = json.send(.post, "/v1/notes", body: Array(#"{"title": }"#.utf8))
        #expect(response.status == 400)
        #expect(response.problem == "malformed-json")
        #expect(response.json["detail"] == "The body has unexpected byte 0x7d at byte 10.")
        #expect(json.send(.post, "/v1/notes").problem == "malformed-json")
    }

    @Test func `another media type, or none, is refused`() {
        let body = Array(#"{"title":"a"}"#.utf8)
        #expect(client.send(.post, "/v1/notes", body: body).status == 415)
        #expect(client.send(.post, "/v1/notes").status == 415)
        let text = client.with("Content-Type", "text/plain").send(.post, "/v1/notes", body: body)
        #expect(text.status == 415)
        #expect(text.fields["Accept"] == "application/json")
        let charset = client.with("Content-Type", "Application/JSON; charset=utf-8")
        #expect(charset.send(.post, "/v1/notes", body: body).status == 201)
    }

    @Test func `a body beyond a mebibyte is too large`() {
        let json = client.with("Content-Type", "application/json")
        #expect(json.send(.post, "/v1/notes", body: [UInt8](repeating: 0x20, count: 1 << 20 + 1)).status == 413)
    }

    @Test func `a body is what its digest says`() {
        let right = "sha-256=:xmpvnjpjOfbIDF+0CpwVwRh46KrlGUaYYUeP+GQ7D08=:"
        let wrong = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"
        #expect(client.with("Content-Digest", right).send(.post, "/v1/notes", json: ["title": "a"]).problem == nil)
        #expect(client.with("Content-Digest", wrong).send(.post, "/v1/notes", json: ["title": "a"]).problem == "digest-mismatch")
        #expect(client.with("Repr-Digest", wrong).send(.post, "/v1/notes", json: ["title": "a"]).problem == "digest-mismatch")
        #expect(client.with("Content-Digest", "?").send(.post, "/v1/notes", json: ["title": "a"]).problem == "bad-request")
    }
}
