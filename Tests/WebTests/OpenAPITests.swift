import HTTP
import JSON
import Testing
import Web

@Suite struct OpenAPITests {
    let document = Notebook().client().send(.get, "/openapi.json").json

    private func at(_ pointer: String) -> JSON? { JSONPointer(pointer).flatMap { document[$0] } }

    @Test func `every documented route is there and pages are not`() {
        #expect(at("/openapi") == "3.1.0")
        #expect(
            at("/paths")?.asObject?.keys == [
                "/v1/notes", "/v1/notes/{id}", "/v1/files", "/v1/notes/{id}/events", "/v1/admin/failure", "/livez", "/readyz",
                "/metrics", "/problems/{code}", "/openapi.json",
            ])
        #expect(at("/paths/~1v1~1notes")?.asObject?.keys == ["get", "post"])
    }

    @Test func `an operation says all that can happen`() {
        let post = "/paths/~1v1~1notes/post"
        #expect(at(post + "/operationId") == "post-v1-notes")
        #expect(at(post + "/security") == [["bearer": []], ["session": []]])
        #expect(
            at(post + "/responses")?.asObject?.keys.sorted() == [
                "201", "400", "401", "403", "408", "409", "412", "413", "414", "415", "422", "429", "431", "500", "503",
            ])
        #expect(at(post + "/responses/201/headers/Location") != nil)
        #expect(at(post + "/responses/422/$ref") == "#/components/responses/Problem422")
        #expect(at(post + "/parameters/0/name") == "Idempotency-Key")
        #expect(at(post + "/requestBody/content/application~1json/schema/required") == ["title"])
        #expect(at("/paths/~1livez/get/security") == [])
        #expect(at("/paths/~1v1~1files/post/requestBody/content/audio~1*") == [:])
        #expect(at("/paths/~1v1~1notes~1{id}/get/responses/304") != nil)
    }

    @Test func `named schemas stand once and are referred to`() {
        #expect(at("/components/schemas")?.asObject?.keys.sorted() == ["InputError", "Money", "Note", "Problem"])
        #expect(at("/components/schemas/Money/properties/amount/pattern") == #"^-?[0-9]{1,13}(\.[0-9]{1,6})?$"#)
        #expect(at("/components/schemas/Note/properties/id/pattern") == "^not_[0-7][0-9A-HJKMNP-TV-Z]{25}$")
        #expect(at("/components/schemas/Note/additionalProperties") == false)
    }

    @Test func `every reference leads somewhere`() {
        var references: [String] = []
        collect(document, into: &references)
        #expect(!references.isEmpty)
        for reference in references { #expect(at(String(reference.dropFirst())) != nil, "\(reference)") }
    }

    @Test func `answers fit the schemas that describe them`() throws {
        let book = Notebook()
        let client = book.client().bearing(Notebook.contributorKey)
        #expect(Notebook.note.errors(in: client.send(.post, "/v1/notes", json: ["title": "a"]).json).isEmpty)
        #expect(!Notebook.note.errors(in: client.send(.post, "/v1/notes", json: [:]).json).isEmpty)
    }

    private func collect(_ json: JSON, into references: inout [String]) {
        switch json {
        case .object(let object):
            if let reference = object["$ref"]?.asString { references.append(reference) }
            for member in object { collect(member.value, into: &references) }
        case .array(let elements): for element in elements { collect(element, into: &references) }
        default: break
        }
    }
}
