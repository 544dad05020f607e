import Crypto
import Domain
import Foundation
import HTTP
import JSON
import Market
import Storage
import Testing

@testable import Web

/// Conditions and ranges of RFC 9110 sections 13 and 14 at the market's own routes.
struct ConditionRouteTests {
    private let bazaar: Bazaar
    private let speaker: NewKey

    init() throws {
        bazaar = try Bazaar()
        speaker = try bazaar.record(seconds: 10).key
    }

    private func send(
        _ method: HTTP.Method, _ target: String, json: JSON? = nil, _ fields: (String, String)...
    ) -> Response {
        bazaar.send(method, target, json: json, as: speaker, fields: fields)
    }

    @Test func `what is withdrawn must be what was seen (RFC 9110 sections 13.1.1 and 13.1.2)`() throws {
        let list = send(.get, "/v1/recordings").json
        let path = "/v1/recordings/" + (list["data"]?[0]?["id"]?.asString ?? "")
        let tag = try #require(send(.get, path).fields["ETag"])
        for condition in [("If-Match", "\"wrong\""), ("If-Match", "W/\(tag)"), ("If-None-Match", "*"), ("If-None-Match", tag)] {
            let refused = send(.delete, path, condition)
            #expect(refused.status == 412 && refused.problem == "precondition-failed", "\(condition)")
        }
        #expect(send(.get, path).fields["ETag"] == tag)
        #expect(send(.delete, path, ("If-Match", "\"wrong\", \(tag)"), ("If-None-Match", "\"wrong\"")).status == 200)
        // What is not there is not there, whatever the condition (section 13.2.1).
        #expect(send(.delete, "/v1/recordings/rec_01J00000000000000000000000", ("If-Match", "\"wrong\"")).status == 404)
    }

    @Test func `an edit holds to both conditions, under the tag of either coding`() throws {
        let tag = try #require(send(.get, "/v1/me").fields["ETag"])
        #expect(send(.patch, "/v1/me", json: ["region": "AT"], ("If-None-Match", "*")).status == 412)
        #expect(send(.patch, "/v1/me", json: ["region": "AT"], ("If-Match", "\"x\"")).status == 412)
        #expect(send(.get, "/v1/me").fields["ETag"] == tag)
        let coded = tag.dropLast() + "-gzip\""
        let done = send(.patch, "/v1/me", json: ["region": "AT"], ("If-Match", String(coded)))
        #expect(done.status == 200 && done.fields["ETag"] == send(.get, "/v1/me").fields["ETag"])
        let session = send(.post, "/v1/work-sessions", json: ["kind": "recording"])
        let path = try #require(session.fields["Location"])
        #expect(send(.patch, path, json: ["ended": true], ("If-Match", "\"x\"")).status == 412)
        #expect(send(.get, path).json["ended_at"] == .null)
        let present = try #require(send(.get, path).fields["ETag"])
        #expect(send(.patch, path, json: ["ended": true], ("If-Match", present)).status == 200)
    }

    @Test func `nobody's If-Match names what has no tag, and what was done is undone`() throws {
        let before = send(.get, "/v1/me/consents").json
        let grant: JSON = ["purposes": ["speech-recognition"]]
        #expect(send(.post, "/v1/me/consents", json: grant, ("If-Match", "\"x\"")).status == 412)
        #expect(send(.post, "/v1/me/consents", json: grant, ("If-None-Match", "*")).status == 412)
        #expect(send(.get, "/v1/me/consents").json == before)
    }

    @Test func `every write to a thing with a tag looks at it`() {
        let tagged = Set(bazaar.routes.filter { $0.method == .get && $0.traits.contains(.conditional) }.map(\.path))
        for route in bazaar.routes where !route.isSafe && tagged.contains(route.path) {
            #expect(route.traits.contains(.conditional), "\(route.method) \(route.path)")
        }
    }

    @Test func `lines of a list are one list, however long (RFC 9110 section 5.3)`() throws {
        let tag = try #require(send(.get, "/v1/me").fields["ETag"])
        #expect(send(.get, "/v1/me", ("If-None-Match", "\"a\""), ("If-None-Match", tag)).status == 304)
        let many = (0..<40).map { _ in "\"\(String(repeating: "a", count: 64))\"" }.joined(separator: ", ")
        #expect(send(.get, "/v1/me", ("If-None-Match", many)).status == 200)
        #expect(send(.get, "/v1/me", ("If-None-Match", many + "," + tag)).status == 304)
    }

    @Test func `refusals by a condition or a range say so`() throws {
        let list = send(.get, "/v1/recordings").json
        let path = "/v1/recordings/" + (list["data"]?[0]?["id"]?.asString ?? "")
        for target in [path, path + "/audio"] {
            let failed = send(.get, target, ("If-Match", "\"x\""))
            #expect(failed.status == 412 && failed.problem == "precondition-failed" && failed.fields["ETag"] != nil)
            #expect(failed.fields["Content-Type"] == "application/problem+json" && failed.fields["Cache-Control"] == "no-store")
        }
        let outside = send(.get, path + "/audio", ("Range", "bytes=1000-"))
        #expect(outside.status == 416 && outside.problem == "range-not-satisfiable")
        #expect(outside.fields["Content-Range"] == "bytes */5" && outside.fields["Repr-Digest"] == nil)
    }

    @Test func `an export has a tag and a digest of its bytes, and can be had in parts`() throws {
        let whole = send(.get, "/v1/me/export?weights=true")
        #expect(whole.fields["ETag"] != nil && whole.fields["Accept-Ranges"] == "bytes")
        #expect(whole.fields["Repr-Digest"] == ContentDigest.text(sha256: SHA256.hash(whole.bytes)))
        let part = send(.get, "/v1/me/export?weights=true", ("Range", "bytes=10-19"))
        #expect(part.status == 206 && part.fields["ETag"] != nil && part.bytes == Array(whole.bytes[10..<20]))
        #expect(try FileManager.default.contentsOfDirectory(atPath: bazaar.blobs.incomingFolder).isEmpty)
    }

    @Test func `a document without a name is never cut`() {
        let balance = send(.get, "/v1/me/statement", ("Range", "bytes=0-3"))
        #expect(balance.status == 200 && balance.fields["Accept-Ranges"] == nil)
        #expect(send(.get, "/v1/me/statement/years/2026", ("Range", "bytes=0-3")).status == 206)
    }
}
