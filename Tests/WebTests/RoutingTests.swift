import HTTP
import JSON
import Testing
import Web

@Suite struct RoutingTests {
    let client = Notebook().client()

    @Test func `an unknown path is a problem with type, status and instance`() {
        let response = client.send(.get, "/v1/nothing")
        #expect(response.status == 404)
        #expect(response.fields["Content-Type"] == "application/problem+json")
        #expect(response.fields["X-Content-Type-Options"] == "nosniff")
        #expect(response.json["type"] == "/problems/not-found")
        #expect(response.json["status"] == 404)
        #expect(response.json["instance"] == "/v1/nothing")
        #expect(response.json["request_id"] == "req-1")
        #expect(response.json["title"]?.asString?.isEmpty == false)
    }

    @Test func `another method is refused with what is allowed`() {
        let response = client.send(.delete, "/v1/notes")
        #expect(response.status == 405)
        #expect(response.fields["Allow"] == "GET, HEAD, OPTIONS, POST")
        #expect(response.problem == "method-not-allowed")
        #expect(client.send(Method(rawValue: "TRACE"), "/v1/notes").status == 405)
    }

    @Test(arguments: ["BREW", "get"]) func `so is a method that nobody knows, where there is something`(_ method: String) {
        for path in ["/v1/notes", "/livez"] {
            let response = client.send(Method(rawValue: method), path)
            #expect(response.status == 405 && response.fields["Allow"] != nil)
        }
        #expect(client.send(Method(rawValue: method), "/v1/nothing").status == 404)
    }

    @Test func `a page that is not what the condition means is refused in words`() {
        let response = client.with("If-Match", "\"x\"").send(.get, "/openapi.json")
        #expect(response.status == 412 && response.problem == "precondition-failed")
        let outside = client.with("Range", "bytes=100000000-").send(.get, "/openapi.json")
        #expect(outside.status == 416 && outside.problem == "range-not-satisfiable")
        #expect(outside.fields["Content-Range"]?.hasPrefix("bytes */") == true)
    }

    @Test func `OPTIONS says what is allowed without a key`() {
        let response = client.send(.options, "/v1/notes/x")
        #expect(response.status == 204)
        #expect(response.fields["Allow"] == "GET, HEAD, OPTIONS, PATCH")
    }

    @Test func `HEAD is served by GET`() {
        #expect(client.bearing(Notebook.contributorKey).send(.head, "/v1/notes").status == 200)
        #expect(client.send(.head, "/livez").status == 200)
    }

    @Test func `a failure of the server's parser becomes a problem`() {
        let failure = RequestFailure(status: 431, detail: "Too many fields")
        let response = client.application.response(to: failure, of: nil)
        #expect(response.status == 431)
        #expect(response.problem == "header-fields-too-large")
        #expect(response.json["detail"] == "Too many fields")
        #expect(response.json["instance"] == nil)
        #expect(client.application.response(to: RequestFailure(status: 418, detail: ""), of: nil).status == 400)
    }

    @Test func `what the program did not foresee is a 500 that tells nothing`() {
        let response = client.bearing(Notebook.adminKey).send(.post, "/v1/admin/failure")
        #expect(response.status == 500)
        #expect(response.problem == "internal-error")
        #expect(!response.text.contains("Failure"))
    }

    @Test func `every error code has a status and explains itself`() {
        for code in ProblemCode.allCases {
            #expect((400...599).contains(code.status))
            let response = client.send(.get, "/problems/\(code.rawValue)")
            #expect(response.json["status"] == .count(code.status))
        }
        #expect(client.send(.get, "/problems/none").status == 404)
    }

    @Test func `answers over TLS keep browsers on it`() {
        #expect(client.send(.get, "/livez", isSecure: true).fields["Strict-Transport-Security"] != nil)
        #expect(client.send(.get, "/livez").fields["Strict-Transport-Security"] == nil)
    }
}
