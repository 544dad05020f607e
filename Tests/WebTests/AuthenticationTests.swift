import HTTP
import JSON
import Testing
import Web

@Suite struct AuthenticationTests {
    let client = Notebook().client()

    @Test func `without a key there is a challenge`() {
        let response = client.send(.get, "/v1/notes")
        #expect(response.status == 401)
        #expect(response.fields["WWW-Authenticate"] == #"Bearer realm="fairvoice""#)
        #expect(response.problem == "unauthenticated")
    }

    @Test(arguments: [
        "Basic Zm9vOmJhcg==", "Bearer", "Bearer x", "Bearer fv_7fWBz4ftiQZ6Eixbtq88WJmZzrldE82Nw9fY",
        "Bearer fv_pD1LQ7yMyqI3w9UmixijoCNNOxQ3TI42jS8p",
    ])
    func `a malformed or unknown key is refused`(authorization: String) {
        let response = client.with("Authorization", authorization).send(.get, "/v1/notes")
        #expect(response.status == 401)
        #expect(response.fields["WWW-Authenticate"] == #"Bearer realm="fairvoice", error="invalid_token""#)
    }

    @Test func `two keys at once are refused`() {
        let client = client.bearing(Notebook.contributorKey).bearing(Notebook.adminKey)
        #expect(client.send(.get, "/v1/notes").status == 401)
    }

    @Test func `a key lets in, whatever the case of its scheme`() {
        #expect(client.bearing(Notebook.contributorKey).send(.get, "/v1/notes").status == 200)
        #expect(client.with("Authorization", "bearer \(Notebook.contributorKey)").send(.get, "/v1/notes").status == 200)
    }

    @Test func `a key of another role is forbidden`() {
        #expect(client.bearing(Notebook.adminKey).send(.get, "/v1/notes").status == 403)
        #expect(client.bearing(Notebook.contributorKey).send(.post, "/v1/admin/failure").status == 403)
    }

    @Test func `nobody learns from errors in the body whether a route is theirs`() {
        #expect(client.send(.post, "/v1/notes", json: 5).status == 401)
        #expect(client.send(.get, "/v1/notes/x?y=z").status == 401)
    }

    @Test func `a session reads without a token`() {
        let pages = client.with("Cookie", "a=b; fairvoice=\(Notebook.sessionToken)")
        #expect(pages.send(.get, "/v1/notes").status == 200)
        #expect(client.with("Cookie", "fairvoice=wrong").send(.get, "/v1/notes").status == 401)
    }

    @Test func `over TLS only the host's own cookie counts`() {
        let plain = client.with("Cookie", "fairvoice=\(Notebook.sessionToken)")
        let secure = client.with("Cookie", "__Host-fairvoice=\(Notebook.sessionToken)")
        #expect(plain.send(.get, "/v1/notes", isSecure: true).status == 401)
        #expect(secure.send(.get, "/v1/notes", isSecure: true).status == 200)
    }

    @Test func `a session writes only with its token and from our own pages`() {
        let session = client.with("Cookie", "fairvoice=\(Notebook.sessionToken)")
        let page = session.with("X-CSRF-Token", Notebook.csrfToken)
        #expect(session.send(.post, "/v1/notes", json: ["title": "a"]).problem == "cross-site")
        #expect(session.with("X-CSRF-Token", "wrong").send(.post, "/v1/notes", json: ["title": "a"]).status == 403)
        #expect(page.send(.post, "/v1/notes", json: ["title": "a"]).status == 201)
        let own = page.with("Origin", "http://voice.example").with("Sec-Fetch-Site", "same-origin")
        #expect(own.send(.post, "/v1/notes", json: ["title": "a"]).status == 201)
        for origin in ["http://evil.example", "null", "https://voice.example.evil.example", "http://voice.example:81"] {
            #expect(page.with("Origin", origin).send(.post, "/v1/notes", json: ["title": "a"]).status == 403)
        }
        for site in ["cross-site", "same-site", "none"] {
            #expect(page.with("Sec-Fetch-Site", site).send(.post, "/v1/notes", json: ["title": "a"]).status == 403)
        }
    }

    @Test func `cookies are kept from scripts and other sites`() {
        #expect(
            SessionCookie.opening("t", seconds: 60, isSecure: true)
                == "__Host-fairvoice=t; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure")
        #expect(
            SessionCookie.closing(isSecure: false) == "fairvoice=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict")
    }
}
