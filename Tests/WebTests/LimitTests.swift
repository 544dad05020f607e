import Domain
import HTTP
import JSON
import Market
import Synchronization
import Testing

@testable import Web

@Suite struct LimitTests {
    /// A notebook behind limits, with a clock that a test sets, which counts how often a credential was looked up.
    final class Gate: Sendable {
        let now = Mutex(1000.0)
        let lookUps = Mutex(0)

        func client(_ settings: LimitSettings, from address: String = "192.0.2.1") -> Client {
            let metrics = Metrics()
            let limits = ClientLimits(settings, metrics: metrics) { self.now.withLock { $0 } }
            let book = Notebook()
            let authenticator = Authenticator { credential in
                self.lookUps.withLock { $0 += 1 }
                return Notebook.find(credential)
            }
            return book.client(limits: limits, metrics: metrics, authenticator: authenticator).from(address)
        }

        func wait(_ seconds: Double) { now.withLock { $0 += seconds } }
    }

    static let wrongKey = "fv_pD1LQ7yMyqI3w9UmixijoCNNOxQ3TI42jS8p"

    static func settings(
        key: RateLimit? = RateLimit("key", perSecond: 1, burst: 3),
        address: RateLimit? = RateLimit("address", perSecond: 10, burst: 50),
        failure: RateLimit? = RateLimit("failure", perSecond: 0.1, burst: 2), exempt: AddressList = .loopback
    ) -> LimitSettings {
        LimitSettings(key: key, address: address, failure: failure, exempt: exempt)
    }

    @Test func `a key has its burst and its rate, and every answer says how it stands`() {
        let gate = Gate()
        let client = gate.client(Self.settings()).bearing(Notebook.contributorKey)
        let first = client.send(.get, "/v1/notes")
        #expect(first.status == 200)
        #expect(first.fields["RateLimit-Policy"] == #""address";q=50;w=5, "key";q=3;w=3"#)
        #expect(first.fields["RateLimit"] == #""address";r=49;t=1, "key";r=2;t=1"#)
        #expect(
            client.send(.post, "/v1/notes", json: ["title": "a"]).fields["RateLimit"] == #""address";r=48;t=1, "key";r=1;t=2"#)
        #expect(client.send(.get, "/v1/notes/x").status == 404)
        let refused = client.send(.get, "/v1/notes")
        #expect(refused.status == 429)
        #expect(refused.problem == "rate-limited")
        #expect(refused.json["limit"] == "key")
        #expect(refused.fields["Retry-After"] == "1")
        #expect(refused.fields["RateLimit"] == #""address";r=46;t=1, "key";r=0;t=1"#)
        // Another key is not concerned.
        let admin = Client(application: client.application, address: client.address).bearing(Notebook.adminKey)
        #expect(admin.send(.post, "/v1/admin/failure").status == 500)
        gate.wait(1)
        #expect(client.send(.get, "/v1/notes").status == 200)
        #expect(client.send(.get, "/v1/notes").status == 429)
    }

    @Test func `a body for a key beyond its limit is not taken`() throws {
        let client = Gate().client(Self.settings(key: RateLimit("key", perSecond: 1, burst: 1))).bearing(Notebook.contributorKey)
        let asking = client.with("Content-Type", "audio/wav")
        _ = asking.send(.post, "/v1/files", body: [1, 2])
        guard
            case .receive(_, let receiver) = client.application.plan(for: asking.request(.post, "/v1/files", byteCount: 2)).action
        else {
            Issue.record("The key is looked up on the pool")
            return
        }
        #expect(receiver.begin()?.status == 429)
    }

    @Test func `an address has its limit over all its keys, and others are not concerned`() {
        let gate = Gate()
        let client = gate.client(Self.settings(key: nil, address: RateLimit("address", perSecond: 1, burst: 2)))
        #expect(client.bearing(Notebook.contributorKey).send(.get, "/v1/notes").status == 200)
        #expect(client.bearing(Notebook.adminKey).send(.post, "/v1/admin/failure").status == 500)
        let refused = client.bearing(Notebook.contributorKey).send(.get, "/v1/notes")
        #expect(refused.status == 429)
        #expect(refused.json["limit"] == "address")
        // Refused before anything is looked up.
        #expect(gate.lookUps.withLock { $0 } == 2)
        #expect(client.from("192.0.2.2").bearing(Notebook.contributorKey).send(.get, "/v1/notes").status == 200)
        // What is answered from memory is not counted.
        #expect(client.send(.get, "/livez").status == 200)
        #expect(client.send(.get, "/v1/nothing").status == 404)
    }

    @Test func `addresses of one IPv6 network are one client`() {
        let client = Gate().client(Self.settings(key: nil, address: RateLimit("address", perSecond: 1, burst: 1)))
        let asking = client.bearing(Notebook.contributorKey)
        #expect(asking.from("2001:db8:1:2::1").send(.get, "/v1/notes").status == 200)
        #expect(asking.from("2001:db8:1:2:ffff::9").send(.get, "/v1/notes").status == 429)
        #expect(asking.from("2001:db8:1:3::1").send(.get, "/v1/notes").status == 200)
    }

    @Test func `addresses that are exempt have no limit and hear of none`() {
        let client = Gate().client(Self.settings(key: RateLimit("key", perSecond: 1, burst: 1)), from: "127.0.0.1")
        for _ in 0..<10 {
            let response = client.bearing(Notebook.contributorKey).send(.get, "/v1/notes")
            #expect(response.status == 200)
            #expect(response.fields["RateLimit"] == nil)
            #expect(client.bearing(Self.wrongKey).send(.get, "/v1/notes").status == 401)
        }
    }

    @Test func `guesses are refused before they are looked up`() {
        let gate = Gate()
        let client = gate.client(Self.settings(key: nil)).bearing(Self.wrongKey)
        #expect(client.send(.get, "/v1/notes").status == 401)
        #expect(client.send(.get, "/v1/notes").status == 401)
        #expect(gate.lookUps.withLock { $0 } == 2)
        for _ in 0..<30 {
            let refused = client.send(.get, "/v1/notes")
            #expect(refused.status == 429)
            #expect(refused.json["limit"] == "failure")
            #expect(refused.fields["Retry-After"] == "10")
        }
        #expect(gate.lookUps.withLock { $0 } == 2)
        gate.wait(10)
        #expect(client.send(.get, "/v1/notes").status == 401)
        #expect(client.send(.get, "/v1/notes").status == 429)
        #expect(gate.lookUps.withLock { $0 } == 3)
    }

    @Test func `a neighbour's guesses lock nobody out who was in`() {
        let gate = Gate()
        let client = gate.client(Self.settings(key: nil))
        let person = client.bearing(Notebook.contributorKey)
        let session = client.with("Cookie", "fairvoice=\(Notebook.sessionToken)")
        #expect(person.send(.get, "/v1/notes").status == 200)
        #expect(session.send(.get, "/v1/notes").status == 200)
        for _ in 0..<5 { _ = client.bearing(Self.wrongKey).send(.get, "/v1/notes") }
        #expect(person.send(.get, "/v1/notes").status == 200)
        #expect(session.send(.get, "/v1/notes").status == 200)
        // A key that was not shown before waits, and so does everybody without a valid one.
        #expect(client.bearing(Notebook.adminKey).send(.post, "/v1/admin/failure").status == 429)
        #expect(client.with("Cookie", "fairvoice=wrong").send(.get, "/v1/notes").status == 429)
        #expect(client.bearing("fv_x").send(.get, "/v1/notes").status == 429)
    }

    @Test func `to show nothing is no guess`() {
        let client = Gate().client(Self.settings(key: nil))
        for _ in 0..<10 { #expect(client.send(.get, "/v1/notes").status == 401) }
        #expect(client.bearing(Notebook.contributorKey).send(.get, "/v1/notes").status == 200)
    }

    @Test func `refusals are counted by limit`() {
        let client = Gate().client(Self.settings(key: RateLimit("key", perSecond: 1, burst: 1))).bearing(Notebook.contributorKey)
        for _ in 0..<3 { _ = client.send(.get, "/v1/notes") }
        let text = client.from("127.0.0.1").send(.get, "/metrics").text
        #expect(text.contains(#"fairvoice_http_limited_total{limit="key"} 2"#))
    }

    @Test func `failed sign-ins are refused without their body, and count with wrong keys`() throws {
        let bazaar = try Bazaar(limits: LimitSettings(failure: RateLimit("failure", perSecond: 0.1, burst: 3)))
        let client = bazaar.anyone
        #expect(client.send(.post, "/v1/sessions", json: ["key": "fv_wrong"]).status == 401)
        #expect(client.send(.post, "/v1/admin/claim", json: ["token": "wrong"]).status == 404)
        #expect(client.bearing(Self.wrongKey).send(.get, "/v1/me").status == 401)
        let request = client.with("Content-Type", "application/json").request(.post, "/v1/sessions", byteCount: 20)
        guard case .answer(let refusal) = client.application.plan(for: request).action else {
            Issue.record("The body is asked for")
            return
        }
        #expect(refusal.status == 429)
        #expect(client.send(.post, "/v1/admin/claim", json: ["token": "wrong"]).status == 429)
        // Whoever comes from elsewhere signs in.
        let elsewhere = client.from("198.51.100.1")
        #expect(elsewhere.send(.post, "/v1/sessions", json: ["key": .string(bazaar.admin.text)]).status == 201)
    }
}
