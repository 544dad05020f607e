import Crypto
import Domain
import HTTP
import JSON
import Market
import Storage
import Testing
import Web

/// Uploads by tus 1.0.0, checked against its words.
struct UploadRouteTests {
    private let bazaar: Bazaar
    private let speaker: NewKey
    private let quote: String
    private static let version = ("Tus-Resumable", "1.0.0")
    private static let chunk = ("Content-Type", "application/offset+octet-stream")
    private static let voice = (0..<100).map { UInt8($0) }

    init() throws {
        bazaar = try Bazaar()
        speaker = try bazaar.record(seconds: 10, purposes: [.emotionRecognition]).key
        let answer = bazaar.send(.post, "/v1/quotes", json: ["language": "de"], as: speaker)
        quote = try #require(answer.json["id"]?.asString)
    }

    private var metadata: (String, String) {
        ("Upload-Metadata", "quote \(HTTP.Base64.encode(Array(quote.utf8))),name  YQ==,empty")
    }

    private func send(
        _ method: HTTP.Method, _ target: String, _ body: [UInt8] = [], _ fields: (String, String)..., key: NewKey? = nil
    ) -> Response {
        bazaar.send(
            method, target, body: body, as: key ?? speaker,
            fields: [Self.version] + (body.isEmpty && method != .patch ? [] : [Self.chunk]) + fields)
    }

    private func begin(_ byteCount: Int = voice.count) throws -> String {
        let answer = send(.post, "/v1/uploads", [], ("Upload-Length", "\(byteCount)"), metadata)
        #expect(answer.status == 201 && answer.fields["Upload-Offset"] == "0", "\(answer.text)")
        return try #require(answer.fields["Location"])
    }

    private func offset(_ upload: String) -> String? { send(.head, upload).fields["Upload-Offset"] }

    @Test func `bytes come in pieces and become a recording`() throws {
        let upload = try begin()
        let head = send(.head, upload)
        #expect(head.status == 200 && head.fields["Upload-Length"] == "100" && head.fields["Cache-Control"] == "no-store")
        #expect(head.fields["Upload-Metadata"] == metadata.1 && head.fields["Tus-Resumable"] == "1.0.0")
        #expect(head.fields["Upload-Expires"] == "Mon, 09 Feb 2026 02:40:00 GMT" && head.fields["Link"] == nil)
        let first = send(.patch, upload, Array(Self.voice[..<40]), ("Upload-Offset", "0"))
        #expect(first.status == 204 && first.fields["Upload-Offset"] == "40")
        let wrong = send(.patch, upload, Array(Self.voice[39...]), ("Upload-Offset", "39"))
        #expect(wrong.status == 409 && wrong.fields["Upload-Offset"] == "40")
        let last = send(.patch, upload, Array(Self.voice[40...]), ("Upload-Offset", "40"))
        #expect(last.status == 204 && last.fields["Upload-Offset"] == "100")
        let link = try #require(last.fields["Link"])
        let recording = try #require(link.split { "<>".contains($0) }.first.map(String.init))
        let receipt = bazaar.send(.get, recording, as: speaker).json
        #expect(receipt["sha256"]?.asString == Hex.encode(SHA256.hash(Self.voice)) && receipt["status"] == "queued")
        #expect(send(.head, upload).fields["Link"] == link && offset(upload) == "100")
        #expect(send(.patch, upload, [1], ("Upload-Offset", "100")).status == 409)
    }

    @Test func `the first bytes may come with the creation, all of them too`() throws {
        let begun = send(.post, "/v1/uploads", Array(Self.voice[..<60]), ("Upload-Length", "100"), metadata)
        #expect(begun.status == 201 && begun.fields["Upload-Offset"] == "60")
        let whole = send(.post, "/v1/uploads", Self.voice, ("Upload-Length", "100"), metadata)
        #expect(whole.status == 201 && whole.fields["Upload-Offset"] == "100" && whole.fields["Link"] != nil)
    }

    @Test func `bytes of a cut connection are kept, but not under a checksum`() throws {
        let upload = try begin()
        var fields = [Self.version, Self.chunk, ("Upload-Offset", "0")]
        let cut = try bazaar.asking(speaker, fields).open(.patch, upload, byteCount: 100)
        #expect(cut.receive(Array(Self.voice[..<30])) == nil)
        #expect(send(.patch, upload, Self.voice, ("Upload-Offset", "0")).status == 423)
        #expect(send(.delete, upload).status == 423)
        cut.cancel()
        #expect(offset(upload) == "30")
        fields[2].1 = "30"
        fields.append(("Upload-Checksum", "sha1 \(HTTP.Base64.encode([UInt8](repeating: 0, count: 20)))"))
        let checked = try bazaar.asking(speaker, fields).open(.patch, upload, byteCount: 70)
        #expect(checked.receive(Array(Self.voice[30..<50])) == nil)
        checked.cancel()
        #expect(offset(upload) == "30")
    }

    @Test(arguments: Checksum.Algorithm.allCases)
    func `a checksum is held against the bytes`(_ algorithm: Checksum.Algorithm) throws {
        let upload = try begin()
        let piece = Array(Self.voice[..<50])
        let running = Checksum(algorithm)
        running.update(piece)
        let right = ("Upload-Checksum", "\(algorithm.rawValue) \(HTTP.Base64.encode(running.finish()))")
        let altered = send(.patch, upload, piece.reversed(), ("Upload-Offset", "0"), right)
        #expect(altered.status == 460 && offset(upload) == "0")
        #expect(send(.patch, upload, piece, ("Upload-Offset", "0"), right).status == 204)
        #expect(offset(upload) == "50")
        let unknown = send(.patch, upload, piece, ("Upload-Offset", "50"), ("Upload-Checksum", "md5 AAAA"))
        #expect(unknown.status == 400 && offset(upload) == "50")
    }

    @Test func `what can't be begun is refused with its reason`() throws {
        let length = ("Upload-Length", "100")
        let old = bazaar.send(.post, "/v1/uploads", as: speaker, fields: [length, metadata])
        #expect(old.status == 412 && old.fields["Tus-Version"] == "1.0.0" && old.fields["Tus-Resumable"] == "1.0.0")
        #expect(send(.post, "/v1/uploads", [], metadata).errors == ["header /Upload-Length is required"])
        #expect(send(.post, "/v1/uploads", [], ("Upload-Length", "0"), metadata).status == 400)
        #expect(
            send(.post, "/v1/uploads", [], ("Upload-Length", "\(MarketRoutes.uploadByteCountMax + 1)"), metadata).status == 413)
        #expect(
            send(.post, "/v1/uploads", [], length, ("Upload-Metadata", "")).errors.first?.contains("needs the key quote") == true)
        for bad in ["quote", "quote !", "quote cXVv,quote cXVv", " ,", "quote /w=="] {
            #expect(send(.post, "/v1/uploads", [], length, ("Upload-Metadata", bad)).status == 400, "\(bad)")
        }
        let foreign = send(
            .post, "/v1/uploads", [], length,
            ("Upload-Metadata", "quote \(HTTP.Base64.encode(Array("quo_01J00000000000000000000000".utf8)))"))
        #expect(foreign.status == 422 && foreign.text.contains("none of your quotes"))
        let tooMany = send(.post, "/v1/uploads", Self.voice, ("Upload-Length", "99"), metadata)
        #expect(tooMany.status == 413)
        for _ in 0..<Upload.openCountMax - 1 { _ = try begin() }
        #expect(send(.post, "/v1/uploads", [], length, metadata).status == 409)
    }

    @Test func `an upload is its owner's, and gone when it is given up`() throws {
        let upload = try begin()
        let other = try bazaar.record(seconds: 10, text: "other").key
        for method in [HTTP.Method.head, .delete] { #expect(send(method, upload, key: other).status == 404) }
        #expect(send(.patch, upload, [1], ("Upload-Offset", "0"), key: other).status == 404)
        #expect(send(.patch, upload, Self.voice + [1], ("Upload-Offset", "0")).status == 413)
        #expect(offset(upload) == "0")
        #expect(send(.delete, upload).status == 204)
        #expect(send(.head, upload).status == 404 && send(.delete, upload).status == 404)
        let abilities = bazaar.send(.options, "/v1/uploads")
        #expect(abilities.status == 204 && abilities.fields["Tus-Extension"]?.contains("termination") == true)
    }

    /// Bytes behind what was said to be on disk are dropped: a crash may have left anything there.
    @Test func `only bytes that were synced count`() throws {
        let upload = try begin()
        #expect(send(.patch, upload, Array(Self.voice[..<40]), ("Upload-Offset", "0")).status == 204)
        let name = String(upload.split(separator: "/").last!)
        let file = try bazaar.blobs.openPartial(name, at: 40)
        try file.write([9, 9, 9])
        file.close()
        #expect(offset(upload) == "40")
        #expect(send(.patch, upload, Array(Self.voice[40...]), ("Upload-Offset", "40")).status == 204)
        let list = bazaar.send(.get, "/v1/recordings", as: speaker).json["data"]?.asArray ?? []
        #expect(list.contains { $0["sha256"]?.asString == Hex.encode(SHA256.hash(Self.voice)) })
    }

    @Test func `uploads expire with their bytes`() throws {
        let upload = try begin()
        let id = try #require(ID<Upload>(String(upload.split(separator: "/").last!)))
        let end = Bazaar.start.adding(days: Upload.validDays)
        #expect(try bazaar.market.expireUploads(at: Timestamp(milliseconds: end.milliseconds - 1)) == [])
        #expect(try bazaar.market.expireUploads(at: end) == [id])
        #expect(send(.head, upload).status == 404)
    }
}
