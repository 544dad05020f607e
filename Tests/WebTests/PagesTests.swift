import HTTP
import Testing
import Web

@Suite struct PagesTests {
    let client = Notebook().client(pages: [
        Asset(path: "Public/index.html", bytes: Array("<h1>".utf8)), Asset(path: "Public/docs.html", bytes: []),
        Asset(path: "Public/app/player.js", bytes: Array("1".utf8)), Asset(path: "Public/app/index.html", bytes: []),
    ])

    @Test func `files stand at the path of their names`() {
        #expect(client.send(.get, "/").text == "<h1>")
        #expect(client.send(.get, "/docs").status == 200)
        #expect(client.send(.get, "/app").status == 200)
        #expect(client.send(.get, "/app/player.js").fields["Content-Type"] == "text/javascript; charset=utf-8")
        #expect(client.send(.get, "/index.html").status == 404)
        #expect(client.send(.post, "/").status == 405)
    }

    @Test func `a page runs nothing but our own files and is not sent twice`() throws {
        let response = client.send(.get, "/")
        #expect(response.fields["Content-Type"] == "text/html; charset=utf-8")
        #expect(response.fields["Content-Security-Policy"]?.hasPrefix("default-src 'none'; script-src 'self';") == true)
        #expect(response.fields["X-Content-Type-Options"] == "nosniff")
        let tag = try #require(response.fields["ETag"])
        #expect(client.with("If-None-Match", tag).send(.get, "/").status == 304)
    }
}
