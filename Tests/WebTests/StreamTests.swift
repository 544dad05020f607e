import HTTP
import JSON
import Synchronization
import Testing
import Web

@Suite struct StreamTests {
    let book = Notebook()
    var client: Client { book.client().bearing(Notebook.contributorKey).with("Content-Type", "audio/wav") }

    private func upload(_ text: String) -> Response { client.send(.post, "/v1/files", body: Array(text.utf8)) }

    @Test func `bytes arrive in pieces and are answered`() {
        #expect(upload("twenty bytes of text").json == 20)
        #expect(book.uploads.withLock { $0 } == ["began", "finished"])
    }

    @Test func `a refusal on the way leaves nothing behind`() {
        #expect(upload("!twenty bytes of text").status == 409)
        #expect(upload("twenty bytes of text!").status == 409)
        #expect(upload(String(repeating: "a", count: 41)).status == 413)
        #expect(book.uploads.withLock { $0 } == ["began", "cancelled", "began", "cancelled", "began", "cancelled"])
    }

    @Test func `a form is one more media type with a schema of its own`() {
        let form = Schema.object([.required("file", .string(), "The audio")])
        let body = RequestBody.stream(mediaTypes: ["audio/wav"], form: form, byteCountMax: 1)
        #expect(body.mediaTypes == ["audio/wav", "multipart/form-data"])
        #expect(body.schema(of: "multipart/form-data") != nil)
        #expect(body.schema(of: "audio/wav") == nil)
    }

    @Test func `a body is refused before it is asked for`() {
        #expect(book.client().with("Content-Type", "audio/wav").send(.post, "/v1/files", body: [1]).status == 401)
        #expect(book.client().bearing(Notebook.contributorKey).send(.post, "/v1/files", body: [1]).status == 415)
        #expect(book.uploads.withLock { $0 }.isEmpty)
    }
}
